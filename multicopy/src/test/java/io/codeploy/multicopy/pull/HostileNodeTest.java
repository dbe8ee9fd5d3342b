package io.codeploy.multicopy.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.shell.Found;
import io.codeploy.multicopy.source.Exclusion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that would like to write where they should not. */
class HostileNodeTest {
  /** A directory with one file of five bytes. */
  private static final String TREE =
      "= ./tree//tree//\nd 755 0 1000.0 .////\nf 644 5 1000.5 ./file////\n";

  @TempDir Path root;
  private Path got;

  @BeforeEach
  void makeDestination() throws IOException {
    got = Files.createDirectories(root.resolve("got"));
  }

  private String refused(ScriptedNode node) throws IOException {
    Pull pull = node.pull();
    IOException refused =
        assertThrows(IOException.class, () -> pull.run(List.of("tree"), got.toString()));
    assertEquals(List.of("got"), names(root), "written outside");
    assertEquals(List.of(), names(got).stream().filter(n -> n.startsWith(".multicopy")).toList());
    return String.valueOf(refused.getMessage());
  }

  private static List<String> names(Path directory) {
    try (Stream<Path> children = Files.list(directory)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./../evil",
        "./..",
        "./.",
        ".//evil",
        ".",
        "./sub/../../evil",
        "./sub/..",
        "./absent/evil",
        "./file/below",
        "./link/evil",
        "./file",
        "./nul\0",
        "./"
      })
  void writesNothingThatIsListedUnderANameThatCannotBe(String name) throws IOException {
    String listing =
        TREE
            + "d 755 0 1.0 ./sub////\n"
            + "ll 777 0 1.0 ./link//"
            + root
            + "//\n"
            + "f 644 5 1.0 "
            + name
            + "////\n";

    String refused = refused(new ScriptedNode(listing));

    assertEquals(List.of(), names(got));
    assertTrue(refused.contains("list"), refused);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "", "a/b", "../evil", "/evil"})
  void writesNoSourceWhoseOwnNameLeadsElsewhere(String name) throws IOException {
    refused(new ScriptedNode("= ./tree//" + name + "//\nf 644 5 1.0 .////\n"));

    assertEquals(List.of(), names(got));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "= ./tree//.bashrc//\nf 644 5 1.0 .////\n",
        "= ./other//other//\nf 644 5 1.0 .////\n",
        "f 644 5 1.0 .////\n",
        TREE + "= ./other//other//\nf 644 5 1.0 .////\n"
      })
  void writesNoSourceThatWasNotAskedFor(String listing) throws IOException {
    refused(new ScriptedNode(listing));

    assertEquals(List.of(), names(got));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5 1.0", "5 31556889864403200.0", "5 -31557014167219201.0"})
  void refusesASizeOrATimeThatCannotBe(String facts) throws IOException {
    refused(new ScriptedNode("= ./tree//tree//\nf 644 " + facts + " .////\n"));

    assertEquals(List.of(), names(got));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil", "../evil", "/evil", "./tree/../evil", "tree/file/evil", "tree", "le", ""})
  void takesNoMemberThatWasNotAskedFor(String name) throws IOException {
    refused(new ScriptedNode(TREE).answers(tar(member(name, TarConstants.LF_NORMAL, "evil!"))));

    assertEquals(List.of(), names(got));
  }

  @ParameterizedTest
  @ValueSource(bytes = {'2', '3', '4', '6', 'S', 'V', 'M', 'D'})
  void takesFilesAlone(byte type) throws IOException {
    String refused = refused(new ScriptedNode(TREE).answers(tar(member("./tree/file", type, ""))));

    assertTrue(refused.contains("was not asked for"), refused);
    assertEquals(List.of(), names(got));
  }

  @Test
  void takesNothingOfADirectoryInAFilesPlace() throws IOException {
    String refused =
        refused(
            new ScriptedNode(TREE)
                .answers(
                    tar(
                        member("./tree/file/", TarConstants.LF_DIR, ""),
                        member("./tree/file/evil", TarConstants.LF_NORMAL, "evil!"),
                        member("./tree/file/sub/", TarConstants.LF_DIR, ""))));

    assertTrue(refused.contains("tree/file: changed"), refused);
    assertEquals(List.of(), names(got.resolve("tree")));
  }

  @Test
  void refusesADirectoryInAFilesPlaceThatHasNoEnd() throws IOException {
    byte[] directory = tar(member("./tree/file/", TarConstants.LF_DIR, ""));
    byte[] below = tar(member("./tree/file/evil", TarConstants.LF_NORMAL, ""));
    byte[] begin = Arrays.copyOf(directory, TarHeader.BLOCK_BYTES);
    byte[] again = Arrays.copyOf(below, TarHeader.BLOCK_BYTES);

    String refused = refused(new ScriptedNode(TREE).answers(repeated(begin, again)));

    assertTrue(refused.contains("tree/file"), refused);
  }

  @Test
  void takesNoHardLinkToWhatItDidNotSend() throws IOException {
    Files.writeString(got.resolve("secret"), "here");
    Member link = member("./tree/file", TarConstants.LF_LINK, "");
    link.entry().setLinkName(got.resolve("secret").toString());

    String refused = refused(new ScriptedNode(TREE).answers(tar(link)));

    assertTrue(refused.contains("another name"), refused);
    assertEquals(List.of("secret"), names(got));
  }

  @Test
  void takesAMemberOnce() throws IOException {
    Member file = member("./tree/file", TarConstants.LF_NORMAL, "hello");

    refused(new ScriptedNode(TREE).answers(tar(file, file)));

    assertEquals(List.of(), names(got));
  }

  @Test
  void takesNoMoreBytesThanWereListed() throws Exception {
    ScriptedNode node =
        new ScriptedNode(TREE)
            .answers(tar(member("./tree/file", TarConstants.LF_NORMAL, "hello, world")));

    node.pull().run(List.of("tree"), got.toString());

    assertEquals("hello", Files.readString(got.resolve("tree/file")));
  }

  @Test
  void keepsNoFileThatIsShorterThanListed() throws IOException {
    String refused =
        refused(
            new ScriptedNode(TREE)
                .answers(tar(member("./tree/file", TarConstants.LF_NORMAL, "hell"))));

    assertTrue(refused.contains("tree/file: changed"), refused);
    assertEquals(List.of(), names(got.resolve("tree")));
  }

  /** Wherever the stream breaks off, what was cut has no final name. */
  @Test
  void keepsNothingHalfOfAStreamThatBreaksOff() throws IOException {
    byte[] whole = tar(member("./tree/file", TarConstants.LF_NORMAL, "hello"));
    for (int length : new int[] {0, 1, 511, 512, 513, 516}) {
      refused(new ScriptedNode(TREE).answers(Arrays.copyOf(whole, length)));

      assertEquals(List.of(), names(got.resolve("tree")), "after " + length);
    }
  }

  @Test
  void refusesWhatIsNoTarStream() throws IOException {
    refused(new ScriptedNode(TREE).answers("x".repeat(5000).getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void refusesASizeThatNoFileHas() throws IOException {
    byte[] huge = tar(member("./tree/file", TarConstants.LF_NORMAL, "hello"));
    byte[] size = "77777777777".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(size, 0, huge, 124, size.length);

    refused(new ScriptedNode(TREE).answers(summed(huge)));
  }

  @Test
  void refusesANegativeSize() throws IOException {
    byte[] negative = tar(member("./tree/file", TarConstants.LF_NORMAL, "hello"));
    Arrays.fill(negative, 124, 136, (byte) 0xff);

    refused(new ScriptedNode(TREE).answers(summed(negative)));
  }

  @ParameterizedTest
  @ValueSource(bytes = {'L', 'K', 'x', 'g'})
  void refusesANameWithoutAnEnd(byte type) throws IOException {
    byte[] header = tar(member("name", TarConstants.LF_NORMAL, ""));
    header[156] = type;
    byte[] size = "00077777777".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(size, 0, header, 124, size.length);

    String refused = refused(new ScriptedNode(TREE).answers(endless(summed(header), 'a')));

    assertTrue(refused.contains("without an end"), refused);
  }

  @Test
  void refusesZerosWithoutAnEnd() throws IOException {
    String refused = refused(new ScriptedNode(TREE).answers(endless(new byte[0], 0)));

    assertTrue(refused.contains("without an end"), refused);
  }

  @Test
  void refusesAListWithoutAnEnd() throws IOException {
    refused(new ScriptedNode(endless("= ./tree//tree//\n".getBytes(StandardCharsets.UTF_8), 'a')));

    assertEquals(List.of(), names(got));
  }

  @Test
  void refusesMoreNamesThanThisMachineCanHold() throws IOException {
    Roll roll = new Roll(2, Selection.plain(Exclusion.none()), new Problems());
    roll.begin("./tree", "tree");
    Found directory = Found.parse("d 755 0 1.0", "").orElseThrow();
    roll.add("", directory);
    roll.add("a", directory);

    assertThrows(IOException.class, () -> roll.add("b", directory));
  }

  private record Member(TarArchiveEntry entry, String content) {}

  private static Member member(String name, byte type, String content) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setSize(content.length());
    return new Member(entry, content);
  }

  private static byte[] tar(Member... members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (Member member : members) {
        tar.putArchiveEntry(member.entry());
        tar.write(member.content().getBytes(StandardCharsets.UTF_8));
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** With the sum of the first block set right. */
  private static byte[] summed(byte[] stream) {
    Arrays.fill(stream, 148, 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < TarHeader.BLOCK_BYTES; i++) {
      sum += stream[i] & 0xff;
    }
    byte[] digits = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, stream, 148, digits.length);
    return stream;
  }

  private static InputStream repeated(byte[] begin, byte[] then) {
    return new SequenceInputStream(
        new ByteArrayInputStream(begin),
        new InputStream() {
          private int at;

          @Override
          public int read() {
            return then[at++ % then.length] & 0xff;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            for (int i = 0; i < length; i++) {
              bytes[offset + i] = (byte) read();
            }
            return length;
          }
        });
  }

  private static InputStream endless(byte[] begin, int then) {
    return new InputStream() {
      private long at;

      @Override
      public int read() {
        return at < begin.length ? begin[(int) at++] & 0xff : then;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) {
        for (int i = 0; i < length; i++) {
          bytes[offset + i] = (byte) read();
        }
        return length;
      }
    };
  }
}
