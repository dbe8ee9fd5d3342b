package io.codeploy.cli.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codeploy.chunkcache.chunk.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentImagesTest {
  private static final Digest DIGEST = Digest.of(new byte[] {1, 2, 3});

  @TempDir private Path dir;

  @Test
  void findsImagesByNameWithTheirDigests() throws IOException {
    write("codeploy-agent-0.1.0-SNAPSHOT-linux-x64.tar.gz", DIGEST + "\n");
    write("codeploy-agent-0.1.0-SNAPSHOT-any.tar.gz", DIGEST + "  codeploy-agent.tar.gz\n");

    AgentImages images = AgentImages.in(dir);

    String name = "0.1.0-SNAPSHOT-" + DIGEST.toString().substring(0, 12);
    assertEquals(name, images.linuxX64().orElseThrow().name());
    assertEquals(name, images.anywhere().orElseThrow().name());
    assertEquals(3, images.anywhere().orElseThrow().archiveBytes());
  }

  @Test
  void saysWhatToDoWithoutAnImage() {
    Path missing = dir.resolve("agent");

    IOException e = assertThrows(IOException.class, () -> AgentImages.in(missing));

    assertEquals(
        "no agent image in " + missing + "; build the distribution with scripts/build",
        e.getMessage());
  }

  @Test
  void refusesAnImageWithoutADigest() throws IOException {
    write("codeploy-agent-1-any.tar.gz", "nonsense");

    assertThrows(IOException.class, () -> AgentImages.in(dir));
  }

  @Test
  void choosesTheShippedRuntimeWhereItFits() throws IOException {
    write("codeploy-agent-1-linux-x64.tar.gz", DIGEST.toString());
    write("codeploy-agent-1-any.tar.gz", DIGEST.toString());
    AgentImages images = AgentImages.in(dir);

    assertEquals(images.linuxX64(), images.fitting(node("x86_64", true, OptionalInt.empty())));
    assertEquals(images.anywhere(), images.fitting(node("x86_64", false, OptionalInt.of(21))));
    assertEquals(images.anywhere(), images.fitting(node("aarch64", true, OptionalInt.of(25))));
    assertEquals(Optional.empty(), images.fitting(node("aarch64", true, OptionalInt.of(17))));
    assertEquals(Optional.empty(), images.fitting(node("aarch64", true, OptionalInt.empty())));
  }

  private void write(String name, String digest) throws IOException {
    Files.writeString(dir.resolve(name), "tar");
    Files.writeString(dir.resolve(name + ".sha256"), digest);
  }

  private static NodeFacts node(String machine, boolean glibc, OptionalInt java) {
    return new NodeFacts(
        new NodeFacts.Platform("Linux", machine, glibc),
        "/d",
        Optional.empty(),
        new NodeFacts.Disk(true, OptionalLong.empty()),
        Set.of(),
        Set.of(),
        java,
        Optional.empty());
  }
}
