package io.codeploy.cli.scan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;

/** A tree to scan and a cache directory beside it. Everything in it is old. */
record TestTree(Path dir, Path cacheDir) {
  static final Instant OLD = Instant.parse("2024-02-29T12:00:00.123456789Z");

  static TestTree in(Path temporary) throws IOException {
    Path dir = Files.createDirectories(temporary.resolve("tree"));
    return new TestTree(dir.toRealPath(), temporary.resolve("cache"));
  }

  Path text(String path, String content) throws IOException {
    return bytes(path, content.getBytes(StandardCharsets.UTF_8));
  }

  Path bytes(String path, byte[] content) throws IOException {
    Path file = dir.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    return age(file);
  }

  /** Makes its mtime one that is trusted. */
  static Path age(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(OLD));
    return file;
  }

  Path executable(String path, String content) throws IOException {
    Path file = text(path, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  Path link(String path, String target) throws IOException {
    Path file = dir.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.createSymbolicLink(file, Path.of(target));
  }

  /** Bytes that do not compress. */
  static byte[] noise(int length, long seed) {
    byte[] content = new byte[length];
    new SplittableRandom(seed).nextBytes(content);
    return content;
  }

  /** Bytes that do. */
  static byte[] words(int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) ('a' + random.nextInt(4));
    }
    return content;
  }

  ScannedTree scan(Delivery delivery, String... excludes)
      throws ScanException, InterruptedException {
    return new TreeScan(InstantSource.system()).scan(request(delivery, excludes));
  }

  ScanRequest request(Delivery delivery, String... excludes) {
    return new ScanRequest(dir, List.of(excludes), delivery, cacheDir);
  }

  /** Entries of every kind. */
  TestTree withEveryKind() throws IOException {
    text("empty.txt", "");
    text("a.txt", "a\n");
    text("b/same", "a\n");
    executable("bin/run", "#!/bin/sh\n");
    text("gr\u00fc\u00dfe-\u65e5\u672c/\ud83d\ude80", "rocket");
    text("odd/with blank", "blank");
    text("odd/new\nline", "newline");
    text("odd/quote's \"x\"", "quote");
    text("odd/-rf", "dash");
    text(".dot/.hidden", "hidden");
    bytes("mid/words", words(300_000, 1));
    bytes("mid/noise", noise(300_000, 2));
    bytes("large/noise", noise((16 << 20) + 4321, 3));
    bytes("large/words", words(5 << 20, 4));
    link("links/file", "../a.txt");
    link("links/dangling", "no/such");
    link("links/up", "../../../etc/passwd");
    Files.createDirectories(dir.resolve("nothing/in/here"));
    for (int i = 0; i < 300; i++) {
      bytes("many/d" + i % 7 + "/f" + i, words(100 + i * 50, i));
    }
    return this;
  }
}
