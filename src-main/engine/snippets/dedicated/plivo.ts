import type { SnippetLanguage } from '#shared/model/snippet.ts'
import { NODE_EQUAL } from '../languages/node-equal.ts'

/**
 * Plivo signs its URL with the query decoded and sorted, the sorted fields of a form, and a nonce
 * (https://www.plivo.com/docs/voice/concepts/signature-validation).
 */
export const plivoSnippets: Readonly<Record<SnippetLanguage, string>> = {
  node: `import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Tells whether a request carries a valid Plivo signature.
 *
 * @param {Buffer} body the raw bytes of the body, before any parser has touched them
 * @param {import('node:http').IncomingHttpHeaders} headers as Node gives them, names in lower case
 * @param {string[]} secrets the auth tokens that count; more than one only while you rotate them
 * @param {string} url the public URL exactly as Plivo calls it, query included
 * @returns {boolean}
 */
export function verifyPlivo(body, headers, secrets, url) {
  const nonce = headers['x-plivo-signature-v3-nonce']
  const signatures = headers['x-plivo-signature-v3']
  if (!nonce || !signatures) return false
  const items = signatures.split(',').map((item) => item.trim())

  const [base, query = ''] = url.split(/\\?(.*)/s)
  const parameters = sorted(query).map(([name, value]) => \`\${name}=\${value}\`).join('&')
  const form = sorted(body.toString()).flat().join('')
  const mark = parameters !== '' || form !== '' ? '?' : ''
  const stop = parameters !== '' && form !== '' ? '.' : ''
  const content = \`\${base}\${mark}\${parameters}\${stop}\${form}.\${nonce}\`

  return secrets.some((secret) => {
    const expected = createHmac('sha256', secret).update(content).digest('base64')
    return items.some((item) => isEqual(item, expected))
  })
}

/** Names and values of a query or form, by name and then by value. */
function sorted(text) {
  const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0)
  return [...new URLSearchParams(text)].sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
}

${NODE_EQUAL}`,
  python: `import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl


def verify_plivo(
    body: bytes,
    headers: Mapping[str, str],
    secrets: Sequence[str],
    url: str,
) -> bool:
    """Tell whether a request carries a valid Plivo signature.

    body: the raw bytes of the body, before any parser has touched them
    headers: a mapping that ignores case, as web frameworks hand it over
    secrets: the auth tokens that count; more than one only while you rotate them
    url: the public URL exactly as Plivo calls it, query included
    """
    nonce = headers.get("X-Plivo-Signature-V3-Nonce")
    signatures = headers.get("X-Plivo-Signature-V3")
    if not nonce or not signatures:
        return False
    items = [item.strip() for item in signatures.split(",")]

    base, _, query = url.partition("?")
    fields = sorted(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
    parameters = "&".join(f"{name}={value}" for name, value in sorted(parse_qsl(query, keep_blank_values=True)))
    form = "".join(name + value for name, value in fields)
    mark = "?" if parameters or form else ""
    stop = "." if parameters and form else ""
    content = f"{base}{mark}{parameters}{stop}{form}.{nonce}"

    for secret in secrets:
        digest = hmac.new(secret.encode(), content.encode(), hashlib.sha256).digest()
        expected = base64.b64encode(digest)
        if any(hmac.compare_digest(item.encode(), expected) for item in items):
            return True
    return False
`,
  go: `package webhooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"sort"
	"strings"
)

// VerifyPlivo tells whether a request carries a valid Plivo signature.
//
//   - body: the raw bytes of the body, before any parser has touched them
//   - secrets: the auth tokens that count; more than one only while you rotate them
//   - address: the public URL exactly as Plivo calls it, query included
func VerifyPlivo(body []byte, header http.Header, secrets []string, address string) bool {
	nonce := header.Get("X-Plivo-Signature-V3-Nonce")
	if nonce == "" {
		return false
	}
	base, query, _ := strings.Cut(address, "?")
	parameters, err := sortedPairs(query, "=", "&")
	if err != nil {
		return false
	}
	form, err := sortedPairs(string(body), "", "")
	if err != nil {
		return false
	}
	content := base
	if parameters != "" || form != "" {
		content += "?" + parameters
	}
	if parameters != "" && form != "" {
		content += "."
	}
	content += form + "." + nonce

	for _, secret := range secrets {
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write([]byte(content))
		expected := base64.StdEncoding.EncodeToString(mac.Sum(nil))
		for _, item := range strings.Split(header.Get("X-Plivo-Signature-V3"), ",") {
			if hmac.Equal([]byte(strings.TrimSpace(item)), []byte(expected)) {
				return true
			}
		}
	}
	return false
}

// sortedPairs gives names and values of a query or form, by name and then by value.
func sortedPairs(text, between, after string) (string, error) {
	fields, err := url.ParseQuery(text)
	if err != nil {
		return "", err
	}
	var names, pairs []string
	for name := range fields {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		sort.Strings(fields[name])
		for _, value := range fields[name] {
			pairs = append(pairs, name+between+value)
		}
	}
	return strings.Join(pairs, after), nil
}
`,
  ruby: `# frozen_string_literal: true

require "openssl"
require "uri"

# Tells whether a request carries a valid Plivo signature.
#
# body: the raw bytes of the body, before any parser has touched them (request.raw_post in Rails)
# headers: what answers to header names, such as request.headers in Rails
# secrets: the auth tokens that count; more than one only while you rotate them
# url: the public URL exactly as Plivo calls it, query included
def verify_plivo(body, headers, secrets, url)
  nonce = headers["X-Plivo-Signature-V3-Nonce"]
  signatures = headers["X-Plivo-Signature-V3"]
  return false unless nonce && signatures
  items = signatures.split(",").map(&:strip)

  base, query = url.split("?", 2)
  parameters = URI.decode_www_form(query.to_s).sort.map { |pair| pair.join("=") }.join("&")
  form = URI.decode_www_form(body.b).sort.join
  mark = parameters.empty? && form.empty? ? "" : "?"
  stop = parameters.empty? || form.empty? ? "" : "."
  content = [base, mark, parameters, stop, form, ".", nonce].map(&:b).join

  secrets.any? do |secret|
    expected = OpenSSL::HMAC.base64digest("SHA256", secret, content)
    items.any? { |item| OpenSSL.secure_compare(item, expected) }
  end
rescue ArgumentError
  # A body that is no form.
  false
end
`,
  php: `<?php

declare(strict_types=1);

/**
 * Tells whether a request carries a valid Plivo signature.
 *
 * @param string $body the raw bytes of the body, before any parser has touched them: file_get_contents('php://input')
 * @param array<string, string> $headers as getallheaders() gives them
 * @param list<string> $secrets the auth tokens that count; more than one only while you rotate them
 * @param string $url the public URL exactly as Plivo calls it, query included
 */
function verify_plivo(string $body, array $headers, array $secrets, string $url): bool
{
    $headers = array_change_key_case($headers);
    $nonce = $headers['x-plivo-signature-v3-nonce'] ?? '';
    $signatures = $headers['x-plivo-signature-v3'] ?? '';
    if ($nonce === '' || $signatures === '') {
        return false;
    }

    [$base, $query] = explode('?', $url, 2) + [1 => ''];
    $parameters = implode('&', array_map(fn (array $pair): string => implode('=', $pair), plivo_sorted_pairs($query)));
    $form = implode('', array_map('implode', plivo_sorted_pairs($body)));
    $mark = $parameters !== '' || $form !== '' ? '?' : '';
    $stop = $parameters !== '' && $form !== '' ? '.' : '';
    $content = "{$base}{$mark}{$parameters}{$stop}{$form}.{$nonce}";

    foreach ($secrets as $secret) {
        $expected = base64_encode(hash_hmac('sha256', $content, $secret, true));
        foreach (array_map('trim', explode(',', $signatures)) as $item) {
            if (hash_equals($expected, $item)) {
                return true;
            }
        }
    }

    return false;
}

/**
 * Names and values of a query or form, by name and then by value.
 *
 * @return list<array{string, string}>
 */
function plivo_sorted_pairs(string $text): array
{
    $pairs = [];
    foreach (array_filter(explode('&', $text), 'strlen') as $pair) {
        [$name, $value] = array_map('urldecode', explode('=', $pair, 2) + [1 => '']);
        $pairs[] = [$name, $value];
    }
    usort($pairs, fn (array $one, array $other): int => strcmp($one[0], $other[0]) ?: strcmp($one[1], $other[1]));

    return $pairs;
}
`,
}
