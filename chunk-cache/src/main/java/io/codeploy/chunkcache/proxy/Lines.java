package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.http.Exchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Answers of one line. */
final class Lines {
  private Lines() {}

  static void send(Exchange exchange, int status, String line) throws IOException {
    String plain = line.replaceAll("\\p{Cntrl}+", " ");
    byte[] body = ("codeploy proxy: " + plain + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.setHeader("Content-Type", "text/plain;charset=utf-8");
    exchange.setHeader("Cache-Control", "no-store");
    exchange.respond(status, ByteBuffer.wrap(body));
  }
}
