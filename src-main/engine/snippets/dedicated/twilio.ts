import type { SnippetLanguage } from '#shared/model/snippet.ts'
import { NODE_EQUAL } from '../languages/node-equal.ts'

/**
 * Twilio signs its URL and the sorted fields of a form; any other body is signed by its hash, as a part of the URL
 * (https://www.twilio.com/docs/usage/security).
 */
export const twilioSnippets: Readonly<Record<SnippetLanguage, string>> = {
  node: `import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Tells whether a request carries a valid Twilio signature.
 *
 * @param {Buffer} body the raw bytes of the body, before any parser has touched them
 * @param {import('node:http').IncomingHttpHeaders} headers as Node gives them, names in lower case
 * @param {string[]} secrets the auth tokens that count; more than one only while you rotate them
 * @param {string} url the public URL exactly as Twilio calls it, query included
 * @returns {boolean}
 */
export function verifyTwilio(body, headers, secrets, url) {
  const signature = headers['x-twilio-signature']
  if (!signature) return false

  const bodyHash = new URL(url).searchParams.get('bodySHA256')
  if (bodyHash !== null && !isEqual(bodyHash, createHash('sha256').update(body).digest('hex'))) return false

  const content = bodyHash === null ? url + sortedFields(body) : url
  return secrets.some((secret) => isEqual(signature, createHmac('sha1', secret).update(content).digest('base64')))
}

/** The fields of a form by name, each name and value run together. */
function sortedFields(body) {
  const fields = new URLSearchParams(body.toString())
  const names = [...new Set(fields.keys())].sort()
  return names.flatMap((name) => [...new Set(fields.getAll(name))].sort().map((value) => name + value)).join('')
}

${NODE_EQUAL}`,
  python: `import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, parse_qsl, urlsplit


def verify_twilio(
    body: bytes,
    headers: Mapping[str, str],
    secrets: Sequence[str],
    url: str,
) -> bool:
    """Tell whether a request carries a valid Twilio signature.

    body: the raw bytes of the body, before any parser has touched them
    headers: a mapping that ignores case, as web frameworks hand it over
    secrets: the auth tokens that count; more than one only while you rotate them
    url: the public URL exactly as Twilio calls it, query included
    """
    signature = headers.get("X-Twilio-Signature")
    if not signature:
        return False

    content = url
    body_hash = parse_qs(urlsplit(url).query).get("bodySHA256")
    if body_hash is None:
        fields = parse_qsl(body.decode(errors="replace"), keep_blank_values=True)
        content += "".join(name + value for name, value in sorted(set(fields)))
    elif not hmac.compare_digest(body_hash[0].encode(), hashlib.sha256(body).hexdigest().encode()):
        return False

    for secret in secrets:
        digest = hmac.new(secret.encode(), content.encode(), hashlib.sha1).digest()
        if hmac.compare_digest(signature.encode(), base64.b64encode(digest)):
            return True
    return False
`,
  go: `package webhooks

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"net/url"
	"sort"
)

// VerifyTwilio tells whether a request carries a valid Twilio signature.
//
//   - body: the raw bytes of the body, before any parser has touched them
//   - secrets: the auth tokens that count; more than one only while you rotate them
//   - address: the public URL exactly as Twilio calls it, query included
func VerifyTwilio(body []byte, header http.Header, secrets []string, address string) bool {
	signature := header.Get("X-Twilio-Signature")
	parsed, err := url.Parse(address)
	if signature == "" || err != nil {
		return false
	}

	content := address
	if bodyHash := parsed.Query().Get("bodySHA256"); bodyHash != "" {
		sum := sha256.Sum256(body)
		if !hmac.Equal([]byte(bodyHash), []byte(hex.EncodeToString(sum[:]))) {
			return false
		}
	} else {
		fields, err := url.ParseQuery(string(body))
		if err != nil {
			return false
		}
		content += sortedFields(fields)
	}

	for _, secret := range secrets {
		mac := hmac.New(sha1.New, []byte(secret))
		mac.Write([]byte(content))
		expected := base64.StdEncoding.EncodeToString(mac.Sum(nil))
		if hmac.Equal([]byte(signature), []byte(expected)) {
			return true
		}
	}
	return false
}

// sortedFields gives the fields of a form by name, each name and value run together.
func sortedFields(fields url.Values) string {
	var pairs [][2]string
	for name, values := range fields {
		for _, value := range values {
			pairs = append(pairs, [2]string{name, value})
		}
	}
	sort.Slice(pairs, func(i, j int) bool {
		if pairs[i][0] != pairs[j][0] {
			return pairs[i][0] < pairs[j][0]
		}
		return pairs[i][1] < pairs[j][1]
	})
	text := ""
	for index, pair := range pairs {
		if index == 0 || pair != pairs[index-1] {
			text += pair[0] + pair[1]
		}
	}
	return text
}
`,
  ruby: `# frozen_string_literal: true

require "openssl"
require "uri"

# Tells whether a request carries a valid Twilio signature.
#
# body: the raw bytes of the body, before any parser has touched them (request.raw_post in Rails)
# headers: what answers to header names, such as request.headers in Rails
# secrets: the auth tokens that count; more than one only while you rotate them
# url: the public URL exactly as Twilio calls it, query included
def verify_twilio(body, headers, secrets, url)
  signature = headers["X-Twilio-Signature"]
  return false unless signature

  query = URI.decode_www_form(url[/\\?([^#]*)/, 1].to_s).to_h
  content = url.b
  if query.key?("bodySHA256")
    return false unless OpenSSL.secure_compare(query["bodySHA256"], OpenSSL::Digest.hexdigest("SHA256", body))
  else
    content += URI.decode_www_form(body.b).uniq.sort.join.b
  end

  secrets.any? do |secret|
    OpenSSL.secure_compare(signature, OpenSSL::HMAC.base64digest("SHA1", secret, content))
  end
rescue ArgumentError
  # A body that is no form.
  false
end
`,
  php: `<?php

declare(strict_types=1);

/**
 * Tells whether a request carries a valid Twilio signature.
 *
 * @param string $body the raw bytes of the body, before any parser has touched them: file_get_contents('php://input')
 * @param array<string, string> $headers as getallheaders() gives them
 * @param list<string> $secrets the auth tokens that count; more than one only while you rotate them
 * @param string $url the public URL exactly as Twilio calls it, query included
 */
function verify_twilio(string $body, array $headers, array $secrets, string $url): bool
{
    $headers = array_change_key_case($headers);
    $signature = $headers['x-twilio-signature'] ?? '';
    if ($signature === '') {
        return false;
    }

    parse_str((string) parse_url($url, PHP_URL_QUERY), $query);
    $content = $url;
    if (!isset($query['bodySHA256'])) {
        $content .= twilio_sorted_fields($body);
    } elseif (!hash_equals(hash('sha256', $body), (string) $query['bodySHA256'])) {
        return false;
    }

    foreach ($secrets as $secret) {
        if (hash_equals(base64_encode(hash_hmac('sha1', $content, $secret, true)), $signature)) {
            return true;
        }
    }

    return false;
}

/** The fields of a form by name, each name and value run together. */
function twilio_sorted_fields(string $body): string
{
    $fields = [];
    foreach (array_filter(explode('&', $body), 'strlen') as $pair) {
        [$name, $value] = array_map('urldecode', explode('=', $pair, 2) + [1 => '']);
        $fields[] = [$name, $value];
    }
    usort($fields, fn (array $one, array $other): int => strcmp($one[0], $other[0]) ?: strcmp($one[1], $other[1]));

    $text = '';
    foreach ($fields as $index => $field) {
        $text .= $index > 0 && $field === $fields[$index - 1] ? '' : implode('', $field);
    }

    return $text;
}
`,
}
