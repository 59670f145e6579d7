import type { SnippetLanguage } from '#shared/model/snippet.ts'
import { NODE_EQUAL } from '../languages/node-equal.ts'

/**
 * Adyen signs eight fields of each item of a payment notification, with a key in hexadecimal
 * (https://docs.adyen.com/development-resources/webhooks/verify-hmac-signatures).
 */
export const adyenSnippets: Readonly<Record<SnippetLanguage, string>> = {
  node: `import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Tells whether every item of a payment notification carries a valid Adyen signature.
 * The fields that are signed are the ones to trust; the rest of an item is not signed.
 *
 * @param {Buffer} body the body of the request
 * @param {import('node:http').IncomingHttpHeaders} headers not looked at: the signatures stand in the body
 * @param {string[]} secrets the HMAC keys that count, in hexadecimal; more than one only while you rotate them
 * @returns {boolean}
 */
export function verifyAdyen(body, headers, secrets) {
  let items
  try {
    items = JSON.parse(body).notificationItems.map((entry) => entry.NotificationRequestItem)
  } catch {
    return false
  }
  return items.length > 0 && items.every((item) => secrets.some((secret) => isSigned(item, secret)))
}

function isSigned(item, secret) {
  const signature = item?.additionalData?.hmacSignature
  if (typeof signature !== 'string') return false
  const content = [
    item.pspReference,
    item.originalReference,
    item.merchantAccountCode,
    item.merchantReference,
    item.amount?.value,
    item.amount?.currency,
    item.eventCode,
    item.success,
  ]
  const key = Buffer.from(secret, 'hex')
  const expected = createHmac('sha256', key).update(content.join(':')).digest('base64')
  return isEqual(signature, expected)
}

${NODE_EQUAL}`,
  python: `import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence


def verify_adyen(
    body: bytes,
    headers: Mapping[str, str],
    secrets: Sequence[str],
) -> bool:
    """Tell whether every item of a payment notification carries a valid Adyen signature.

    The fields that are signed are the ones to trust; the rest of an item is not signed.

    body: the body of the request
    headers: not looked at: the signatures stand in the body
    secrets: the HMAC keys that count, in hexadecimal; more than one only while you rotate them
    """
    try:
        items = [entry["NotificationRequestItem"] for entry in json.loads(body)["notificationItems"]]
        return bool(items) and all(any(_is_signed(item, secret) for secret in secrets) for item in items)
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError):
        return False


def _is_signed(item: dict, secret: str) -> bool:
    amount = item.get("amount", {})
    fields = [
        item.get("pspReference", ""),
        item.get("originalReference", ""),
        item.get("merchantAccountCode", ""),
        item.get("merchantReference", ""),
        amount.get("value", ""),
        amount.get("currency", ""),
        item.get("eventCode", ""),
        item.get("success", ""),
    ]
    content = ":".join(str(field) for field in fields)
    digest = hmac.new(bytes.fromhex(secret), content.encode(), hashlib.sha256).digest()
    return hmac.compare_digest(item["additionalData"]["hmacSignature"].encode(), base64.b64encode(digest))
`,
  go: `package webhooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
)

type adyenItem struct {
	AdditionalData struct {
		HMACSignature string \`json:"hmacSignature"\`
	} \`json:"additionalData"\`
	PSPReference        string \`json:"pspReference"\`
	OriginalReference   string \`json:"originalReference"\`
	MerchantAccountCode string \`json:"merchantAccountCode"\`
	MerchantReference   string \`json:"merchantReference"\`
	Amount              struct {
		Value    json.Number \`json:"value"\`
		Currency string      \`json:"currency"\`
	} \`json:"amount"\`
	EventCode string \`json:"eventCode"\`
	Success   string \`json:"success"\`
}

// VerifyAdyen tells whether every item of a payment notification carries a valid Adyen signature.
// The fields that are signed are the ones to trust; the rest of an item is not signed.
//
//   - body: the body of the request
//   - secrets: the HMAC keys that count, in hexadecimal; more than one only while you rotate them
func VerifyAdyen(body []byte, _ http.Header, secrets []string) bool {
	var message struct {
		Items []struct {
			Item adyenItem \`json:"NotificationRequestItem"\`
		} \`json:"notificationItems"\`
	}
	if err := json.Unmarshal(body, &message); err != nil || len(message.Items) == 0 {
		return false
	}
	for _, entry := range message.Items {
		if !entry.Item.isSigned(secrets) {
			return false
		}
	}
	return true
}

func (item adyenItem) isSigned(secrets []string) bool {
	content := strings.Join([]string{
		item.PSPReference,
		item.OriginalReference,
		item.MerchantAccountCode,
		item.MerchantReference,
		item.Amount.Value.String(),
		item.Amount.Currency,
		item.EventCode,
		item.Success,
	}, ":")
	for _, secret := range secrets {
		key, err := hex.DecodeString(secret)
		if err != nil {
			continue
		}
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(content))
		expected := base64.StdEncoding.EncodeToString(mac.Sum(nil))
		if hmac.Equal([]byte(item.AdditionalData.HMACSignature), []byte(expected)) {
			return true
		}
	}
	return false
}
`,
  ruby: `# frozen_string_literal: true

require "json"
require "openssl"

# Tells whether every item of a payment notification carries a valid Adyen signature.
# The fields that are signed are the ones to trust; the rest of an item is not signed.
#
# body: the body of the request
# _headers: not looked at: the signatures stand in the body
# secrets: the HMAC keys that count, in hexadecimal; more than one only while you rotate them
def verify_adyen(body, _headers, secrets)
  message = JSON.parse(body)
  entries = message.is_a?(Hash) ? message["notificationItems"] : nil
  return false unless entries.is_a?(Array) && entries.any? && entries.all?(Hash)

  entries.all? do |entry|
    item = entry["NotificationRequestItem"]
    item.is_a?(Hash) && secrets.any? { |secret| adyen_item_signed?(item, secret) }
  end
rescue JSON::ParserError
  false
end

def adyen_item_signed?(item, secret)
  paths = %w[pspReference originalReference merchantAccountCode merchantReference amount.value amount.currency
             eventCode success]
  content = paths.map { |path| item.dig(*path.split(".")) }.join(":")
  expected = OpenSSL::HMAC.base64digest("SHA256", [secret].pack("H*"), content)
  OpenSSL.secure_compare(item.dig("additionalData", "hmacSignature").to_s, expected)
end
`,
  php: `<?php

declare(strict_types=1);

/**
 * Tells whether every item of a payment notification carries a valid Adyen signature.
 * The fields that are signed are the ones to trust; the rest of an item is not signed.
 *
 * @param string $body the body of the request: file_get_contents('php://input')
 * @param array<string, string> $headers not looked at: the signatures stand in the body
 * @param list<string> $secrets the HMAC keys that count, in hexadecimal; more than one only while you rotate them
 */
function verify_adyen(string $body, array $headers, array $secrets): bool
{
    $entries = json_decode($body, true)['notificationItems'] ?? null;
    if (!is_array($entries) || $entries === []) {
        return false;
    }
    foreach ($entries as $entry) {
        $item = $entry['NotificationRequestItem'] ?? null;
        if (!is_array($item) || !adyen_item_is_signed($item, $secrets)) {
            return false;
        }
    }

    return true;
}

/** @param list<string> $secrets */
function adyen_item_is_signed(array $item, array $secrets): bool
{
    $content = implode(':', [
        $item['pspReference'] ?? '',
        $item['originalReference'] ?? '',
        $item['merchantAccountCode'] ?? '',
        $item['merchantReference'] ?? '',
        $item['amount']['value'] ?? '',
        $item['amount']['currency'] ?? '',
        $item['eventCode'] ?? '',
        $item['success'] ?? '',
    ]);
    foreach ($secrets as $secret) {
        $expected = base64_encode(hash_hmac('sha256', $content, hex2bin($secret), true));
        if (hash_equals($expected, (string) ($item['additionalData']['hmacSignature'] ?? ''))) {
            return true;
        }
    }

    return false;
}
`,
}
