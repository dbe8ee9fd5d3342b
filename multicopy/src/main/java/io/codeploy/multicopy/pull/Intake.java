package io.codeploy.multicopy.pull;

import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.source.Wire;
import io.codeploy.multiquery.connect.NodeFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes tar streams, one after another, for files that were asked for. Members come in the order of
 * asking, some perhaps not at all; their names serve to tell which, and nothing else is taken from
 * them: what is written, and where, was settled before. A directory in place of a file is one that
 * has changed, and what is in it is dropped, whatever it is. Whatever else does not fit ends it.
 *
 * <p>Bytes are handed in by one thread; the rest is for after the last of them.
 */
final class Intake extends CheckedOutput {
  /** By how much a file may have grown since it was listed. */
  static final long SURPLUS_BYTES = 64L << 20;

  /** Of one name and what tells of it; of the zeros between two streams. */
  private static final int LIMIT_BYTES = 1 << 20;

  private final List<Incoming> asked;
  private final Map<String, Incoming> byName = new HashMap<>();
  private final byte[] block = new byte[TarHeader.BLOCK_BYTES];
  private int filled;
  private int next;

  /** What is left of the present member's content, and of the block that it ends in. */
  private long left;

  private int padding;
  private Optional<Incoming> file = Optional.empty();

  /** What has become a directory, by its own name. */
  private final Set<String> directories = new HashSet<>();

  private boolean dropping;
  private long dropped;
  private int zeros;
  private final TarText text = new TarText();

  Intake(List<Incoming> asked, Progress progress) {
    super(progress);
    this.asked = asked;
  }

  @Override
  void take(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      at += takeSome(bytes, at, end - at);
    }
  }

  private int takeSome(byte[] bytes, int offset, int length) throws IOException {
    if (left > 0) {
      int n = (int) Math.min(left, length);
      content(bytes, offset, n);
      left -= n;
      if (left == 0) {
        ended();
      }
      return n;
    }
    if (padding > 0) {
      int n = Math.min(padding, length);
      padding -= n;
      return n;
    }
    int n = Math.min(block.length - filled, length);
    System.arraycopy(bytes, offset, block, filled, n);
    filled += n;
    if (filled == block.length) {
      filled = 0;
      header();
    }
    return n;
  }

  private void content(byte[] bytes, int offset, int length) throws IOException {
    if (file.isPresent()) {
      file.get().write(bytes, offset, length);
    } else if (!dropping) {
      text.write(bytes, offset, length);
    }
  }

  private void header() throws IOException {
    if (isZero()) {
      limited(zeros += block.length);
      return;
    }
    zeros = 0;
    TarHeader header = TarHeader.parse(block);
    switch (header.type()) {
      case 'L', 'K', 'x', 'g' -> {
        limited(text.begin(header.type(), header.size()));
        begin(header.size());
      }
      default -> member(header);
    }
  }

  private void member(TarHeader header) throws IOException {
    Optional<String> directory = directoryOf(plain(name(header)));
    if (directory.isPresent()) {
      drop(directory.get(), text.size().orElse(header.size()));
      return;
    }
    switch (header.type()) {
      case '1' -> again(header);
      case '5' -> directory(header);
      case '0', '7' -> file(header);
      default ->
          throw Problems.failure(
              "sends %s, which was not asked for".formatted(Wire.text(name(header))));
    }
  }

  private void directory(TarHeader header) throws IOException {
    next(header).change();
    String directory = plain(name(header)).replaceFirst("/*$", "");
    directories.add(directory);
    drop(directory, header.size());
  }

  /** The directory in a file's place that this is below, if it is. */
  private Optional<String> directoryOf(String name) {
    for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
      String above = name.substring(0, end);
      if (directories.contains(above)) {
        return Optional.of(above);
      }
    }
    return Optional.empty();
  }

  /** The content of a member that nobody wants. */
  private void drop(String directory, long size) throws IOException {
    if (size < 0 || size > SURPLUS_BYTES - dropped - block.length) {
      throw Problems.failure(
          "%s: a directory instead of a file; copy again".formatted(RemoteSource.text(directory)));
    }
    dropped += size + block.length;
    text.forget();
    dropping = true;
    begin(size);
  }

  private boolean isZero() {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static void limited(long bytes) throws NodeFailedException {
    if (bytes < 0 || bytes > LIMIT_BYTES) {
      throw Problems.failure("sends a tar stream without an end");
    }
  }

  private void begin(long size) throws IOException {
    left = size;
    padding = (int) (-size & (TarHeader.BLOCK_BYTES - 1));
    if (left == 0) {
      ended();
    }
  }

  private void file(TarHeader header) throws IOException {
    Incoming incoming = next(header);
    long size = text.size().orElse(header.size());
    if (size < 0 || size - incoming.listed().size() > SURPLUS_BYTES) {
      throw Problems.failure(
          "%s: %d bytes instead of %d; copy again"
              .formatted(RemoteSource.text(incoming.path()), size, incoming.listed().size()));
    }
    incoming.has(text.xattrs());
    text.forget();
    incoming.open();
    file = Optional.of(incoming);
    begin(size);
  }

  /** A member that is another name of an earlier one. */
  private void again(TarHeader header) throws IOException {
    String link = plain(text.link().orElse(header.link()));
    Incoming earlier = byName.get(link);
    Incoming incoming = next(header);
    if (directoryOf(link).isPresent()) {
      incoming.change();
      text.forget();
      return;
    }
    if (earlier == null) {
      throw Problems.failure(
          "sends %s as another name of what it did not send"
              .formatted(RemoteSource.text(incoming.path())));
    }
    text.forget();
    if (!earlier.arrived()) {
      return;
    }
    incoming.hasThoseOf(earlier);
    incoming.open();
    try (InputStream in = Files.newInputStream(earlier.staged(), LinkOption.NOFOLLOW_LINKS)) {
      byte[] buffer = new byte[64 << 10];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        incoming.write(buffer, 0, n);
      }
    }
    incoming.finish();
  }

  private void ended() throws IOException {
    if (dropping) {
      dropping = false;
      return;
    }
    if (file.isPresent()) {
      file.get().finish();
      file = Optional.empty();
      return;
    }
    text.end();
  }

  private String name(TarHeader header) {
    return text.name().orElse(header.name());
  }

  /** The file that this member is: the next of those asked for that has such a name. */
  private Incoming next(TarHeader header) throws NodeFailedException {
    String name = plain(name(header));
    String own = header.type() == '5' ? name.replaceFirst("/*$", "") : name;
    for (int i = next; i < asked.size(); i++) {
      String wanted = plain(asked.get(i).path());
      // A tar leaves out what leads upwards or to the root.
      if (wanted.equals(own) || wanted.endsWith("/" + own)) {
        next = i + 1;
        byName.put(own, asked.get(i));
        return asked.get(i);
      }
    }
    throw Problems.failure("sends %s, which was not asked for".formatted(Wire.text(name)));
  }

  private static String plain(String path) {
    String plain = path;
    while (plain.startsWith("./") || plain.startsWith("/")) {
      plain = plain.substring(plain.indexOf('/') + 1);
    }
    return plain;
  }

  /** Lets go of a file that was cut off. */
  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().finish();
    }
  }
}
