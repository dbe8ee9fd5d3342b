package io.codeploy.chunkcache.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/** One request, byte by byte as a test wants it, over a connection of its own. */
final class RawHttp {
  private RawHttp() {}

  /** What came until the other side closed, a byte a character. */
  record Answer(int status, List<String> head, String text) {
    Optional<String> header(String name) {
      return head.stream()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    }

    byte[] body() {
      return text.getBytes(ISO_8859_1);
    }
  }

  static Answer get(int port, String path, String... headers) throws IOException {
    return ask(port, "GET " + path + " HTTP/1.1", headers);
  }

  static Answer ask(int port, String line, String... headers) throws IOException {
    StringBuilder request = new StringBuilder(line).append("\r\n");
    if (List.of(headers).stream().noneMatch(header -> header.startsWith("Host:"))) {
      request.append("Host: 127.0.0.1:").append(port).append("\r\n");
    }
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    request.append("Connection: close\r\n\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.toString().getBytes(ISO_8859_1));
      return parse(all(socket.getInputStream()));
    }
  }

  /** A connection that is reset has ended, too. */
  private static byte[] all(InputStream in) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      in.transferTo(bytes);
    } catch (IOException e) {
      return bytes.toByteArray();
    }
    return bytes.toByteArray();
  }

  private static Answer parse(byte[] bytes) throws IOException {
    String text = new String(bytes, ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("no answer: " + text);
    }
    List<String> head = List.of(text.substring(0, end).split("\r\n", -1));
    int status = Integer.parseInt(head.getFirst().split(" ", -1)[1]);
    return new Answer(status, head, text.substring(end + 4));
  }
}
