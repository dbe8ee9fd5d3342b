package io.codeploy.agent.plan;

import io.codeploy.chunkcache.manifest.Directory;
import io.codeploy.chunkcache.manifest.Entry;
import io.codeploy.chunkcache.manifest.RegularFile;
import io.codeploy.chunkcache.manifest.RelativePath;
import io.codeploy.chunkcache.manifest.Symlink;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** What is to be done about one path. A path without a change has what the manifest says. */
public sealed interface Change {
  /** What lies where something new goes. */
  enum Prior {
    /** Nothing: the entry is created. */
    NOTHING,
    /** A file or link, which a rename replaces. */
    REPLACEABLE,
    /** Something of another type that has to be removed first, with all below it. */
    WRONG_TYPE
  }

  /** A directory to make. */
  record MakeDirectory(Directory entry, Prior prior) implements Change {
    public MakeDirectory {
      Objects.requireNonNull(entry, "entry is null");
      Objects.requireNonNull(prior, "prior is null");
    }
  }

  /**
   * A file whose content is to be written.
   *
   * @param copyOf a file that lay below the root with this very content when the plan was made
   */
  record WriteFile(RegularFile file, Prior prior, Optional<RelativePath> copyOf) implements Change {
    public WriteFile {
      Objects.requireNonNull(file, "file is null");
      Objects.requireNonNull(prior, "prior is null");
      Objects.requireNonNull(copyOf, "copyOf is null");
    }
  }

  /** A symbolic link to make. */
  record MakeLink(Symlink link, Prior prior) implements Change {
    public MakeLink {
      Objects.requireNonNull(link, "link is null");
      Objects.requireNonNull(prior, "prior is null");
    }
  }

  /** A file or directory of which only mode or mtime differ. */
  record SetAttributes(Entry entry) implements Change {
    public SetAttributes {
      Objects.requireNonNull(entry, "entry is null");
    }
  }

  /**
   * Something that the manifest does not have.
   *
   * @param path relative to the root; not a {@code RelativePath}, for the name may be any bytes
   */
  record Delete(Path path, boolean directory) implements Change {
    public Delete {
      Objects.requireNonNull(path, "path is null");
    }
  }

  /**
   * A path about which nothing can be done.
   *
   * @param reason why, and what to do
   */
  record Refuse(String path, String reason) implements Change {
    public Refuse {
      Objects.requireNonNull(path, "path is null");
      Objects.requireNonNull(reason, "reason is null");
    }
  }
}
