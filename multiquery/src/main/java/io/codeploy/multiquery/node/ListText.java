package io.codeploy.multiquery.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The text of lists of nodes and of groups: bounded, in UTF-8, whatever ends its lines. */
public final class ListText {
  private static final int MAX_BYTES = 16 << 20;

  private ListText() {}

  /** The text of {@code file}. */
  public static String read(Path file) throws NodeListException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in);
    } catch (NodeListException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new NodeListException("node list " + file + " does not exist", e);
    } catch (AccessDeniedException e) {
      throw new NodeListException("node list " + file + " cannot be read: permission denied", e);
    } catch (IOException e) {
      throw new NodeListException("node list " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * What {@code in} gives until its end. It stays open.
   *
   * @param source what to call it in messages
   */
  public static String read(String source, InputStream in) throws NodeListException {
    try {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new NodeListException(
            "node list " + source + " is longer than " + (MAX_BYTES >> 20) + " MiB");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NodeListException e) {
      throw e;
    } catch (CharacterCodingException e) {
      throw new NodeListException("node list " + source + " is not a text in UTF-8", e);
    } catch (IOException e) {
      throw new NodeListException("node list " + source + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The lines of {@code text}, stripped, without a byte-order mark. */
  public static Iterable<String> lines(String text) {
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return () -> unmarked.lines().map(String::strip).iterator();
  }

  /** {@code line} without its comment. */
  public static String content(String line) {
    int comment = line.indexOf('#');
    return (comment < 0 ? line : line.substring(0, comment)).strip();
  }
}
