package io.codeploy.chunkcache.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;

/** An exchange over Jetty's request and response, written to with blocking calls. */
final class JettyExchange implements Exchange {
  /** Small enough that a slow client is seen to move, and that no large copy is made of it. */
  private static final int PIECE_BYTES = 256 << 10;

  private final Request request;
  private final Response response;

  JettyExchange(Request request, Response response) {
    this.request = request;
    this.response = response;
  }

  Connector connector() {
    return request.getConnectionMetaData().getConnector();
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String path() {
    return Request.getPathInContext(request);
  }

  @Override
  public String uri() {
    return request.getHttpURI().asString();
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.ofNullable(Request.extractQueryParameters(request).getValue(name));
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  @Override
  public InputStream body() {
    return Content.Source.asInputStream(request);
  }

  @Override
  public void setHeader(String name, String value) {
    response.getHeaders().put(name, value);
  }

  @Override
  public void respond(int status) throws IOException {
    respond(status, ByteBuffer.allocate(0));
  }

  /** Moves the position of {@code body} as its bytes go out. */
  @Override
  public void respond(int status, ByteBuffer body) throws IOException {
    response.setStatus(status);
    if (status != 304) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.remaining());
    }
    do {
      int length = Math.min(PIECE_BYTES, body.remaining());
      ByteBuffer piece = body.slice(body.position(), length);
      boolean last = length == body.remaining();
      try (Blocker.Callback written = Blocker.callback()) {
        response.write(last, piece, written);
        written.block();
      }
      body.position(body.position() + length);
    } while (body.hasRemaining());
  }

  @Override
  public OutputStream stream(int status) {
    response.setStatus(status);
    return Content.Sink.asOutputStream(response);
  }
}
