package io.codeploy.chunkcache.swarm;

import io.codeploy.chunkcache.http.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** An exchange that is another one, but for what is overridden. */
class PassedOn implements Exchange {
  private final Exchange next;

  PassedOn(Exchange next) {
    this.next = next;
  }

  @Override
  public String method() {
    return next.method();
  }

  @Override
  public String path() {
    return next.path();
  }

  @Override
  public String uri() {
    return next.uri();
  }

  @Override
  public Optional<String> query(String name) {
    return next.query(name);
  }

  @Override
  public Optional<String> header(String name) {
    return next.header(name);
  }

  @Override
  public InputStream body() {
    return next.body();
  }

  @Override
  public void setHeader(String name, String value) {
    next.setHeader(name, value);
  }

  @Override
  public void respond(int status) throws IOException {
    next.respond(status);
  }

  @Override
  public void respond(int status, ByteBuffer body) throws IOException {
    next.respond(status, body);
  }

  @Override
  public OutputStream stream(int status) throws IOException {
    return next.stream(status);
  }
}
