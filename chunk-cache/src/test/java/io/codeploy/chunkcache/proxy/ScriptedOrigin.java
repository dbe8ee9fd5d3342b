package io.codeploy.chunkcache.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An origin that says what a test wants, true or not, and closes after each answer. */
final class ScriptedOrigin implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("(?im)^Range: bytes=(\\d+)-(\\d+)$");

  private final ServerSocket socket;
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final AtomicLong bodyBytes = new AtomicLong();
  private volatile Function<String, Reply> script;

  /** Head without its end, and what follows it, a byte a character. */
  record Reply(String head, String body) {
    Reply(String head, byte[] body) {
      this(head, new String(body, ISO_8859_1));
    }

    static Reply of(String head) {
      return new Reply(head, "");
    }
  }

  ScriptedOrigin(Function<String, Reply> script) throws IOException {
    this("127.0.0.1", script);
  }

  ScriptedOrigin(String address, Function<String, Reply> script) throws IOException {
    this.script = script;
    this.socket = new ServerSocket(0, 50, InetAddress.getByName(address));
    Thread.ofVirtual().name("origin").start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  void now(Function<String, Reply> next) {
    script = next;
  }

  /** Heads of requests so far, in lines that end with LF. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  long bodyBytes() {
    return bodyBytes.get();
  }

  /** A server as it should be, of one file. */
  static Function<String, Reply> file(byte[] content, String tag, String... headers) {
    String extra =
        "ETag: "
            + tag
            + "\r\n"
            + Arrays.stream(headers).map(h -> h + "\r\n").reduce("", String::concat);
    return request -> {
      if (request.contains("If-None-Match: " + tag)) {
        return Reply.of("HTTP/1.1 304 Not Modified\r\n" + extra);
      }
      Matcher range = RANGE.matcher(request);
      if (!range.find()) {
        return new Reply(
            "HTTP/1.1 200 OK\r\n" + extra + "Content-Length: " + content.length + "\r\n", content);
      }
      int first = Integer.parseInt(range.group(1));
      int last = Math.min(Integer.parseInt(range.group(2)), content.length - 1);
      return new Reply(
          "HTTP/1.1 206 Partial Content\r\n%sContent-Range: bytes %d-%d/%d\r\nContent-Length: %d\r\n"
              .formatted(extra, first, last, content.length, last - first + 1),
          Arrays.copyOfRange(content, first, last + 1));
    };
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().name("origin-answer").start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
      StringBuilder head = new StringBuilder();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.append(line).append('\n');
      }
      requests.add(head.toString());
      Reply reply = script.apply(head.toString());
      OutputStream out = client.getOutputStream();
      out.write((reply.head() + "Connection: close\r\n\r\n").getBytes(ISO_8859_1));
      if (!head.toString().startsWith("HEAD")) {
        // Before: who has read it all may look at once.
        bodyBytes.addAndGet(reply.body().length());
        out.write(reply.body().getBytes(ISO_8859_1));
      }
      out.flush();
    } catch (IOException e) {
      // The client has gone: it may, where a test has it disappointed.
      return;
    }
  }
}
