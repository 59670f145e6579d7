"""Calls each provider's snippet with its cases; answers with what each call gave, or its error."""

import base64
import importlib.util
import json
import sys


class Headers(dict):
    """Names compare without case, as in web frameworks."""

    def __init__(self, pairs):
        super().__init__((name.lower(), value) for name, value in pairs)

    def get(self, name, default=None):
        return super().get(name.lower(), default)


def load(path):
    spec = importlib.util.spec_from_file_location("snippet", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def call(verify, case):
    try:
        body = base64.b64decode(case["bodyBase64"])
        return verify(body, Headers(case["headers"]), case["keys"], *case["extras"])
    except Exception as error:
        return repr(error)


jobs = json.load(sys.stdin)
answers = {}
for job in jobs:
    verify = getattr(load(job["file"]), job["name"])
    answers[job["id"]] = [call(verify, case) for case in job["cases"]]
json.dump(answers, sys.stdout)
