package io.codeploy.chunkcache.wire;

import io.codeploy.chunkcache.http.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A request that came over a socket, and the answer to it. */
final class SocketExchange implements Exchange {
  /** Where the answer goes. */
  interface Way {
    /** Sends all that remains of the buffers; blocks. */
    void send(ByteBuffer... buffers) throws IOException;
  }

  private static final int PIECE_BYTES = 128 << 10;

  private final RequestHead request;
  private final Way way;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private boolean begun;

  /** Of the body. */
  private long left;

  SocketExchange(RequestHead request, Way way) {
    this.request = request;
    this.way = way;
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public String path() {
    return request.path();
  }

  @Override
  public String uri() {
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    return "http://" + header("Host").orElse("") + request.path() + query;
  }

  @Override
  public Optional<String> query(String name) {
    return request.parameter(name);
  }

  @Override
  public Optional<String> header(String name) {
    return request.fields().get(name);
  }

  @Override
  public InputStream body() {
    return InputStream.nullInputStream();
  }

  @Override
  public void setHeader(String name, String value) {
    fields.put(name, value);
  }

  @Override
  public void respond(int status) throws IOException {
    respond(status, ByteBuffer.allocate(0));
  }

  /** Moves the position of {@code body} as its bytes go out. */
  @Override
  public void respond(int status, ByteBuffer body) throws IOException {
    if (status != 304) {
      fields.put("Content-Length", Integer.toString(body.remaining()));
    }
    ByteBuffer head = begin(status);
    if (request.method().equals("HEAD")) {
      way.send(head);
      left = 0;
      return;
    }
    do {
      int length = Math.min(PIECE_BYTES, body.remaining());
      way.send(head, body.slice(body.position(), length));
      body.position(body.position() + length);
      left -= length;
    } while (body.hasRemaining());
  }

  /** Of a length that is set before, as a header. */
  @Override
  public OutputStream stream(int status) throws IOException {
    way.send(begin(status));
    if (request.method().equals("HEAD")) {
      left = 0;
    }
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > left) {
          throw new IOException("more than the body has");
        }
        way.send(ByteBuffer.wrap(bytes, offset, length));
        left -= length;
      }
    };
  }

  /** Whether an answer has begun. */
  boolean begun() {
    return begun;
  }

  /** Whether an answer has gone to its end. */
  boolean complete() {
    return begun && left == 0;
  }

  private ByteBuffer begin(int status) {
    if (begun) {
      throw new IllegalStateException("a second answer");
    }
    begun = true;
    left = Long.parseLong(fields.getOrDefault("Content-Length", "0"));
    StringBuilder head = new StringBuilder(400).append("HTTP/1.1 ").append(status).append(' ');
    fields.forEach((name, value) -> head.append("\r\n").append(name).append(": ").append(value));
    return ByteBuffer.wrap(
        head.append(HeadFields.END).toString().getBytes(StandardCharsets.ISO_8859_1));
  }
}
