package io.codeploy.agent.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.agent.testing.Tree;
import io.codeploy.chunkcache.chunk.Digest;
import io.codeploy.chunkcache.http.FileLayout.Piece;
import io.codeploy.chunkcache.manifest.Manifest;
import io.codeploy.chunkcache.manifest.RegularFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TreeLayoutTest {
  @Test
  void tellsWhereEachContentLies() {
    Manifest manifest =
        new Tree().file("f", "some").file("g", "others").file("same", "some").manifest();

    TreeLayout layout = new TreeLayout(manifest);

    for (RegularFile file : manifest.files()) {
      List<Piece> pieces =
          file.slices().stream()
              .map(s -> new Piece(manifest.chunks().get(s.chunk()), s.offset(), s.length()))
              .toList();
      assertEquals(Optional.of(pieces), layout.find(file.digest()));
    }
    assertEquals(
        Optional.empty(), layout.find(Digest.of("nowhere".getBytes(StandardCharsets.UTF_8))));
  }
}
