package io.codeploy.chunkcache.proxy;

import io.codeploy.chunkcache.chunk.VerifiedChunk;
import io.codeploy.chunkcache.http.ByteRange;
import io.codeploy.chunkcache.http.Exchange;
import io.codeploy.chunkcache.proxy.TroubleException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/** Puts a file together from its ranges while it is sent. */
final class FileAnswer {
  private final Ranges ranges;

  FileAnswer(Ranges ranges) {
    this.ranges = ranges;
  }

  /** What of a version goes out. */
  private record Body(About about, ByteRange.Part part, int status) {
    Version version() {
      return about.version();
    }
  }

  /**
   * Answers a GET or HEAD; false, with nothing sent, when the request has to be passed on.
   *
   * @throws IOException if the client is gone, or the rest of the file cannot be had
   */
  boolean send(Exchange exchange, OriginUrl url) throws IOException, InterruptedException {
    Optional<About> about;
    try {
      about = ranges.about(url, Optional.empty());
    } catch (IOException e) {
      Lines.send(exchange, 502, String.valueOf(e.getMessage()));
      return true;
    }
    return about.isPresent() && send(exchange, about.get(), true);
  }

  private boolean send(Exchange exchange, About about, boolean again)
      throws IOException, InterruptedException {
    if (Conditions.unchanged(exchange::header, about)) {
      setHeaders(exchange, about);
      exchange.respond(304);
      return true;
    }
    long length = about.version().length();
    ByteRange wanted =
        exchange.method().equals("GET")
            ? Conditions.range(exchange::header, about)
            : new ByteRange.Whole();
    return switch (wanted) {
      case ByteRange.Unsatisfiable beyond -> {
        exchange.setHeader("Content-Range", "bytes */" + length);
        Lines.send(exchange, 416, "the file has " + length + " bytes");
        yield true;
      }
      case ByteRange.Whole whole ->
          send(exchange, new Body(about, new ByteRange.Part(0, length - 1), 200), again);
      case ByteRange.Part part -> send(exchange, new Body(about, part, 206), again);
    };
  }

  private boolean send(Exchange exchange, Body body, boolean again)
      throws IOException, InterruptedException {
    if (exchange.method().equals("HEAD")) {
      begin(exchange, body).close();
      return true;
    }
    RangePlan plan = body.version().plan();
    long first = plan.indexAt(body.part().first());
    long last = plan.indexAt(body.part().last());
    try (ReadAhead ahead = new ReadAhead(ranges, body.version(), first, last)) {
      try {
        ahead.awaitFirst();
      } catch (IOException e) {
        return failed(exchange, body, again, e);
      }
      stream(exchange, body, ahead);
      return true;
    }
  }

  /** Nothing is sent yet: what has changed is begun anew, once. */
  private boolean failed(Exchange exchange, Body body, boolean again, IOException why)
      throws IOException, InterruptedException {
    if (again && why instanceof TroubleException trouble && trouble.kind() == Kind.CHANGED) {
      Optional<About> now = forget(body.version());
      return now.isPresent() && send(exchange, now.get(), false);
    }
    Lines.send(exchange, 502, String.valueOf(why.getMessage()));
    return true;
  }

  private Optional<About> forget(Version gone) throws InterruptedException {
    try {
      return ranges.about(gone.url(), Optional.of(gone.validator()));
    } catch (IOException e) {
      // Then it is passed on, and the client hears from the origin itself.
      return Optional.empty();
    }
  }

  private void stream(Exchange exchange, Body body, ReadAhead ahead)
      throws IOException, InterruptedException {
    RangePlan plan = body.version().plan();
    // Not try-with-resources: closing after a failure would end the body as if it were complete.
    OutputStream out = begin(exchange, body);
    WritableByteChannel channel = Channels.newChannel(out);
    long at = body.part().first();
    while (at <= body.part().last()) {
      long start = plan.first(plan.indexAt(at));
      VerifiedChunk range = next(ahead, body.version());
      long end = Math.min(start + range.length(), body.part().last() + 1);
      channel.write(range.bytes().slice((int) (at - start), (int) (end - at)));
      at = end;
    }
    out.close();
  }

  private VerifiedChunk next(ReadAhead ahead, Version version)
      throws IOException, InterruptedException {
    try {
      return ahead.next();
    } catch (TroubleException e) {
      if (e.kind() == Kind.CHANGED) {
        forget(version);
      }
      throw e;
    }
  }

  private static OutputStream begin(Exchange exchange, Body body) throws IOException {
    ByteRange.Part part = body.part();
    setHeaders(exchange, body.about());
    exchange.setHeader("Accept-Ranges", "bytes");
    exchange.setHeader("Content-Length", Long.toString(part.length()));
    if (body.status() == 206) {
      exchange.setHeader(
          "Content-Range",
          "bytes " + part.first() + "-" + part.last() + "/" + body.version().length());
    }
    return exchange.stream(body.status());
  }

  private static void setHeaders(Exchange exchange, About about) {
    about.headers().forEach(exchange::setHeader);
    exchange.setHeader("Via", OriginClient.VIA);
  }
}
