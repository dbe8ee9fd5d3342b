package io.codeploy.multicopy.source;

import java.nio.charset.StandardCharsets;

/**
 * Names as nodes have them: bytes, of whatever encoding. They are carried in strings with one
 * character for each byte, so that none is lost; names of files here become such strings by their
 * UTF-8.
 */
public final class Wire {
  private Wire() {}

  /** The wire form of {@code text}. */
  public static String of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return bytes.length == text.length() ? text : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The bytes of {@code wire}. */
  public static byte[] bytes(String wire) {
    return wire.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** {@code wire} for people. */
  public static String text(String wire) {
    return new String(bytes(wire), StandardCharsets.UTF_8);
  }

  /** The name of the directory that {@code name} is in; empty where it is in none. */
  public static String parent(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('/')));
  }
}
