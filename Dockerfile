# The relay of a team. Built in one place, run in another that holds only what it needs, by a user who may do nothing else.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN npm ci
RUN npm run build
RUN npm prune --omit=dev --omit=optional

FROM node:24-bookworm-slim
WORKDIR /app
COPY --from=build /app/package.json package.json
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/out out
COPY --from=build /app/src-main/cli/bin.mjs src-main/cli/bin.mjs
COPY --from=build /app/src-main/cli/launch.mjs src-main/cli/launch.mjs
RUN ln -s /app/src-main/cli/bin.mjs /usr/local/bin/hookloop
RUN mkdir /data && chown node:node /data
ENV HOOKLOOP_DATA=/data/hookloop
ENV HOOKLOOP_KEY_FILE=/data/key/master.key
ENV HOOKLOOP_HOST=0.0.0.0
USER node
VOLUME /data
EXPOSE 4780 4781
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:4780/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["hookloop"]
CMD ["serve"]
