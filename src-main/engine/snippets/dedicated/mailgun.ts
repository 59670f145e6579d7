import type { SnippetLanguage } from '#shared/model/snippet.ts'
import { NODE_EQUAL } from '../languages/node-equal.ts'

/**
 * Mailgun puts time, token and signature into the body and signs those two alone
 * (https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks).
 */
export const mailgunSnippets: Readonly<Record<SnippetLanguage, string>> = {
  node: `import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Tells whether a request carries a valid Mailgun signature. It proves who sent it, not what else the body says:
 * take each token once only, so that nobody sends a body of their own with a token that they have seen.
 *
 * @param {Buffer} body the body of the request
 * @param {import('node:http').IncomingHttpHeaders} headers not looked at: the signature stands in the body
 * @param {string[]} secrets the webhook signing keys that count; more than one only while you rotate them
 * @returns {boolean}
 */
export function verifyMailgun(body, headers, secrets) {
  let fields
  try {
    fields = JSON.parse(body).signature ?? {}
  } catch {
    return false
  }
  const { timestamp, token, signature } = fields
  if (![timestamp, token, signature].every((field) => typeof field === 'string')) return false

  return secrets.some((secret) => {
    const expected = createHmac('sha256', secret).update(timestamp + token).digest('hex')
    return isEqual(signature, expected)
  })
}

${NODE_EQUAL}`,
  python: `import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence


def verify_mailgun(
    body: bytes,
    headers: Mapping[str, str],
    secrets: Sequence[str],
) -> bool:
    """Tell whether a request carries a valid Mailgun signature.

    It proves who sent it, not what else the body says: take each token once only,
    so that nobody sends a body of their own with a token that they have seen.

    body: the body of the request
    headers: not looked at: the signature stands in the body
    secrets: the webhook signing keys that count; more than one only while you rotate them
    """
    try:
        fields = json.loads(body)["signature"]
        content = (fields["timestamp"] + fields["token"]).encode()
        signature = fields["signature"].encode()
    except (ValueError, KeyError, TypeError, AttributeError):
        return False

    for secret in secrets:
        expected = hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()
        if hmac.compare_digest(signature, expected.encode()):
            return True
    return False
`,
  go: `package webhooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
)

// VerifyMailgun tells whether a request carries a valid Mailgun signature. It proves who sent it, not what else the
// body says: take each token once only, so that nobody sends a body of their own with a token that they have seen.
//
//   - body: the body of the request
//   - secrets: the webhook signing keys that count; more than one only while you rotate them
func VerifyMailgun(body []byte, _ http.Header, secrets []string) bool {
	var message struct {
		Signature struct {
			Timestamp string \`json:"timestamp"\`
			Token     string \`json:"token"\`
			Signature string \`json:"signature"\`
		} \`json:"signature"\`
	}
	if err := json.Unmarshal(body, &message); err != nil {
		return false
	}
	fields := message.Signature

	for _, secret := range secrets {
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write([]byte(fields.Timestamp + fields.Token))
		expected := hex.EncodeToString(mac.Sum(nil))
		if hmac.Equal([]byte(fields.Signature), []byte(expected)) {
			return true
		}
	}
	return false
}
`,
  ruby: `# frozen_string_literal: true

require "json"
require "openssl"

# Tells whether a request carries a valid Mailgun signature. It proves who sent it, not what else the body says:
# take each token once only, so that nobody sends a body of their own with a token that they have seen.
#
# body: the body of the request
# _headers: not looked at: the signature stands in the body
# secrets: the webhook signing keys that count; more than one only while you rotate them
def verify_mailgun(body, _headers, secrets)
  message = JSON.parse(body)
  fields = message.is_a?(Hash) ? message["signature"] : nil
  return false unless fields.is_a?(Hash)

  timestamp, token, signature = fields.values_at("timestamp", "token", "signature")
  return false unless [timestamp, token, signature].all?(String)

  secrets.any? do |secret|
    OpenSSL.secure_compare(signature, OpenSSL::HMAC.hexdigest("SHA256", secret, timestamp + token))
  end
rescue JSON::ParserError
  false
end
`,
  php: `<?php

declare(strict_types=1);

/**
 * Tells whether a request carries a valid Mailgun signature. It proves who sent it, not what else the body says:
 * take each token once only, so that nobody sends a body of their own with a token that they have seen.
 *
 * @param string $body the body of the request: file_get_contents('php://input')
 * @param array<string, string> $headers not looked at: the signature stands in the body
 * @param list<string> $secrets the webhook signing keys that count; more than one only while you rotate them
 */
function verify_mailgun(string $body, array $headers, array $secrets): bool
{
    $fields = json_decode($body, true)['signature'] ?? null;
    $timestamp = $fields['timestamp'] ?? null;
    $token = $fields['token'] ?? null;
    $signature = $fields['signature'] ?? null;
    if (!is_string($timestamp) || !is_string($token) || !is_string($signature)) {
        return false;
    }

    foreach ($secrets as $secret) {
        if (hash_equals(hash_hmac('sha256', $timestamp . $token, $secret), $signature)) {
            return true;
        }
    }

    return false;
}
`,
}
