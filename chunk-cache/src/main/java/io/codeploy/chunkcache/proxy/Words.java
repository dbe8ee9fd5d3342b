package io.codeploy.chunkcache.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Text in a member's query, which knows no escapes: base64 for URLs, without padding. */
final class Words {
  private Words() {}

  static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Nothing if it is nothing, or no such text. */
  static Optional<String> decode(Optional<String> word) {
    try {
      return word.map(Base64.getUrlDecoder()::decode)
          .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
