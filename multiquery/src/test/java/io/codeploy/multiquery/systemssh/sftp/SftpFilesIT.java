package io.codeploy.multiquery.systemssh.sftp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.codeploy.multiquery.connect.ByteStream;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeFailure;
import io.codeploy.multiquery.ssh.call.Deadline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link SftpFiles} against OpenSSH's server, run as a program without a network. */
class SftpFilesIT {
  private static final Deadline NO_LIMIT = Deadline.after(TimeSource.system(), Duration.ZERO);

  @TempDir Path root;
  private Optional<SftpFiles> opened = Optional.empty();

  private record Server(Process process, InputStream in, OutputStream out) implements ByteStream {
    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  @BeforeEach
  void start() throws Exception {
    Optional<Path> binary =
        Stream.of("/usr/lib/openssh", "/usr/libexec/openssh", "/usr/lib/ssh")
            .map(directory -> Path.of(directory, "sftp-server"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(binary.isPresent(), "no sftp-server of OpenSSH (package openssh-sftp-server)");
    Process process =
        new ProcessBuilder(binary.orElseThrow().toString()).directory(root.toFile()).start();
    opened =
        Optional.of(
            SftpFiles.open(
                new Server(process, process.getInputStream(), process.getOutputStream()),
                NO_LIMIT));
  }

  @AfterEach
  void stop() throws IOException {
    if (opened.isPresent()) {
      opened.get().close();
    }
  }

  private FileSystem files() {
    return opened.orElseThrow().fileSystem();
  }

  private Path remote(String path) {
    return files().getPath(path);
  }

  @Test
  void writesAndReadsFilesOfAnyLength() throws IOException {
    for (int length : new int[] {0, 1, 32767, 32768, 32769, 3_000_001}) {
      byte[] content = new byte[length];
      new Random(length).nextBytes(content);

      Files.copy(
          new ByteArrayInputStream(content), remote("f"), StandardCopyOption.REPLACE_EXISTING);

      assertArrayEquals(content, Files.readAllBytes(root.resolve("f")));
      assertArrayEquals(content, Files.readAllBytes(remote("f")));
    }
  }

  @Test
  void listsMoreNamesThanFitIntoOneAnswer() throws IOException {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      expected.add(
          Files.createFile(root.resolve("n-%03d ü".formatted(i))).getFileName().toString());
    }
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(remote("."))) {
      entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
    }

    assertEquals(expected, names.stream().sorted().toList());
  }

  @Test
  void setsPermissionsAndTimes() throws IOException {
    Files.writeString(root.resolve("f"), "x");
    FileTime modified = FileTime.fromMillis(1_000_000_000_000L);
    FileTime accessed = FileTime.fromMillis(1_100_000_000_000L);

    Files.setPosixFilePermissions(remote("f"), PosixFilePermissions.fromString("rwxr-x--x"));
    Files.getFileAttributeView(remote("f"), BasicFileAttributeView.class)
        .setTimes(modified, accessed, null);

    assertEquals(
        "rwxr-x--x",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("f"))));
    assertEquals(
        Files.getPosixFilePermissions(root.resolve("f")),
        Files.getPosixFilePermissions(remote("f")));
    assertEquals(modified, Files.getLastModifiedTime(root.resolve("f")));
    assertEquals(modified, Files.getLastModifiedTime(remote("f")));
  }

  @Test
  void makesReadsAndRemovesLinksAndDirectories() throws IOException {
    Files.createDirectory(remote("d"));
    Files.createSymbolicLink(remote("d/l"), remote("../nowhere"));

    assertEquals(Path.of("../nowhere"), Files.readSymbolicLink(root.resolve("d/l")));
    assertEquals(remote("../nowhere"), Files.readSymbolicLink(remote("d/l")));
    assertTrue(Files.isSymbolicLink(remote("d/l")));
    assertFalse(Files.exists(remote("d/l")));
    assertTrue(Files.exists(remote("d/l"), LinkOption.NOFOLLOW_LINKS));
    assertThrows(FileAlreadyExistsException.class, () -> Files.createDirectory(remote("d")));
    assertThrows(FileSystemException.class, () -> Files.delete(remote("d")));
    Files.delete(remote("d/l"));
    Files.delete(remote("d"));
    assertFalse(Files.exists(root.resolve("d")));
  }

  @Test
  void replacesByARename() throws IOException {
    Files.writeString(root.resolve("old"), "old");
    Files.writeString(root.resolve("new"), "new");

    assertThrows(FileAlreadyExistsException.class, () -> Files.move(remote("new"), remote("old")));
    Files.move(remote("new"), remote("old"), StandardCopyOption.REPLACE_EXISTING);

    assertEquals("new", Files.readString(root.resolve("old")));
  }

  @Test
  void tellsWhatIsMissing() {
    NoSuchFileException missing =
        assertThrows(NoSuchFileException.class, () -> Files.readAllBytes(remote("no/such")));

    assertEquals("no/such", missing.getFile());
  }

  @Test
  void knowsItsPlace() throws IOException {
    assertEquals(root.toRealPath().resolve("a"), Path.of(remote("a").toAbsolutePath().toString()));
    Files.createDirectories(root.resolve("b"));
    assertEquals(
        root.toRealPath().resolve("b").toString(), remote("b/../b").toRealPath().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "; cat >/dev/null"})
  void refusesAServerThatPrintsBeforeItSpeaks(String afterwards) throws Exception {
    Process chatty =
        new ProcessBuilder("sh", "-c", "echo Welcome to this fine machine" + afterwards).start();
    if (afterwards.isEmpty()) {
      // Nothing can be written to it any more.
      chatty.waitFor();
    }

    assertEquals(
        "no SFTP on the node: what the server says is no SFTP; does a start-up file of the login"
            + " shell print?",
        refusal(chatty));
  }

  @Test
  void tellsThatAServerIsGone() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();

    String refusal = refusal(gone);
    assertTrue(refusal.startsWith("no SFTP on the node: "), refusal);
  }

  private static String refusal(Process process) {
    NodeFailedException failed =
        assertThrows(
            NodeFailedException.class,
            () ->
                SftpFiles.open(
                    new Server(process, process.getInputStream(), process.getOutputStream()),
                    NO_LIMIT));
    return assertInstanceOf(NodeFailure.RemoteFailure.class, failed.failure()).message();
  }
}
