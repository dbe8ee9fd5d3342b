package io.codeploy.chunkcache.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** One HTTP request and the response to it. Used by one thread. */
public interface Exchange {
  /** Such as {@code GET}. */
  String method();

  /** The decoded path, such as {@code /c/0a1b…}. */
  String path();

  /**
   * What was asked for, as an absolute URI whose path and query are as they came. The authority is
   * that of the request line, or of {@code Host} where that line has none.
   */
  String uri();

  /** The first value of a query parameter, decoded. */
  Optional<String> query(String name);

  /** The first value of a request header. */
  Optional<String> header(String name);

  /** The request's body. */
  InputStream body();

  /** Sets a response header; before the first of the calls below. */
  void setHeader(String name, String value);

  /** Sends status and no body. */
  void respond(int status) throws IOException;

  /** Sends status and the remaining bytes of {@code body}, with their length. */
  void respond(int status, ByteBuffer body) throws IOException;

  /** Sends status, then what is written, each flush as a piece of its own, until closed. */
  OutputStream stream(int status) throws IOException;
}
