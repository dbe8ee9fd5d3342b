package io.codeploy.cli.origin;

import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.origin.FileKind;
import io.codeploy.cli.scan.ScannedTree;
import java.util.Optional;
import java.util.Set;

/** What may be offered as a copy: only what everybody may read already. */
record CopyRules(ScannedTree tree) {
  /**
   * Checks that an archive, if the tree travels as one, holds no private file.
   *
   * @throws OriginException naming the first one
   */
  void checkArchive() throws OriginException {
    if (tree.archive().isPresent()) {
      require(secret().firstIn(tree.manifest(), file -> true), "no archive with it is offered");
    }
  }

  /**
   * Checks that no private file is of a kind of which copies are offered.
   *
   * @throws OriginException naming the first one
   */
  void checkKinds(Set<String> offered) throws OriginException {
    require(
        secret()
            .firstIn(
                tree.manifest(), file -> file.executable() && offered.contains(FileKind.of(file))),
        "no copy of it is offered to a web server that might run it");
    require(
        secret().firstIn(tree.manifest(), file -> offered.contains(FileKind.of(file))),
        "no copy of it is offered to a web server that does not give its like as they are");
  }

  private void require(Optional<RegularFile> none, String consequence) throws OriginException {
    if (none.isPresent()) {
      RegularFile file = none.get();
      throw new OriginException(
          "not everybody may read %s, so %s; %s, --exclude it, or leave the URL out"
              .formatted(
                  tree.dir().resolve(file.path().value()),
                  consequence,
                  secret().remedy(file, tree.dir())));
    }
  }

  private PrivateFiles secret() {
    return PrivateFiles.of(tree.manifest());
  }
}
