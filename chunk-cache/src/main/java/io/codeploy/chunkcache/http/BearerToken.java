package io.codeploy.chunkcache.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The secret of one deployment: whoever shows it may fetch that deployment's chunks. Its text form
 * never appears in {@link #toString}.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record BearerToken(String hex) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final String SCHEME = "Bearer ";
  private static final int BYTES = 32;

  public BearerToken {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("a token has 64 lower-case hexadecimal digits");
    }
  }

  /** A token that nobody has seen. */
  public static BearerToken random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new BearerToken(HexFormat.of().formatHex(bytes));
  }

  /** The value of an {@code Authorization} header that shows this token. */
  public String authorization() {
    return SCHEME + hex;
  }

  /** Whether the request shows this token; takes the same time for every wrong token. */
  public boolean admits(Exchange exchange) {
    return admits(exchange.header("Authorization"));
  }

  boolean admits(Optional<String> authorization) {
    byte[] shown = authorization.orElse("").getBytes(StandardCharsets.UTF_8);
    byte[] expected = authorization().getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected, shown);
  }

  @Override
  public String toString() {
    return "BearerToken[…]";
  }
}
