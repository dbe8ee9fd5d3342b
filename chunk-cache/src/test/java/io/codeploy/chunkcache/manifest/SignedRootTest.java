package io.codeploy.chunkcache.manifest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.codeploy.chunkcache.chunk.ChunkRef;
import io.codeploy.chunkcache.chunk.Digest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedRootTest {
  private static final DeploymentKey KEY = DeploymentKey.generate();

  @Test
  void verifiesTheExampleOfTheFormatPage() throws Exception {
    byte[] signed = FormatPage.example("signed-root.md", "hex");
    byte[] key = FormatPage.example("signed-root.md", "hex key");

    assertEquals(exampleRoot(), SignedRoot.verify(signed, key));
  }

  @Test
  void writesTheExampleAsTheFormatPageSays() throws Exception {
    byte[] signed = FormatPage.example("signed-root.md", "hex");

    assertArrayEquals(Arrays.copyOf(signed, signed.length - 64), RootCodec.encode(exampleRoot()));
  }

  @Test
  void givesBackARootOfManyChunks() throws Exception {
    List<ChunkRef> chunks =
        List.of(Trees.zstd("a", 1000, 10), Trees.raw("b", 2000), Trees.zstd("c", 500, 500));
    ManifestRoot root = new ManifestRoot(Trees.digest("manifest"), 3500, chunks);

    assertEquals(root, SignedRoot.verify(KEY.sign(root), KEY.publicKey()));
  }

  @Test
  void refusesAnyChangedBitAndAnyTruncation() {
    byte[] signed = KEY.sign(exampleRoot());

    for (int i = 0; i < signed.length; i++) {
      byte[] changed = signed.clone();
      changed[i] ^= (byte) (1 << (i % 8));
      assertRefused(changed, KEY.publicKey());
      assertRefused(Arrays.copyOf(signed, i), KEY.publicKey());
    }
    assertRefused(Arrays.copyOf(signed, signed.length + 1), KEY.publicKey());
  }

  @Test
  void refusesTheSignatureOfAnotherKey() {
    assertRefused(KEY.sign(exampleRoot()), DeploymentKey.generate().publicKey());
  }

  @Test
  void refusesWhatIsNoKey() {
    byte[] signed = KEY.sign(exampleRoot());

    assertRefused(signed, new byte[0]);
    assertRefused(signed, new byte[44]);
    assertRefused(signed, Arrays.copyOf(KEY.publicKey(), 43));
  }

  @Test
  void refusesMoreBytesThanAnyRootHas() {
    assertRefused(new byte[SignedRoot.MAX_BYTES + 1], KEY.publicKey());
  }

  private static ManifestRoot exampleRoot() {
    byte[] manifest = ManifestCodec.encode(Trees.example());
    Digest digest = Digest.of(manifest);
    return new ManifestRoot(
        digest, manifest.length, List.of(ChunkRef.raw(digest, manifest.length)));
  }

  private static void assertRefused(byte[] signed, byte[] key) {
    assertThrows(MalformedManifestException.class, () -> SignedRoot.verify(signed, key));
  }
}
