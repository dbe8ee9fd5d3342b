package io.codeploy.agent.control;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What of a manifest goes to the remote directory, and what that directory is. */
public sealed interface Extent {
  /**
   * All of it, to a directory that stays: what was deployed there is recorded.
   *
   * @param delta names what makes it out of what was deployed before, as the page {@code delta.md}
   *     of {@code docs/formats} has it, base64
   * @param mode of the directory where it has to be made, nine bits
   */
  record Whole(Optional<String> delta, int mode) implements Extent {
    public Whole {
      Objects.requireNonNull(delta, "delta is null");
      if ((mode & ~0777) != 0) {
        throw new IllegalArgumentException("no nine bits: " + mode);
      }
    }
  }

  /**
   * Some of its files, to a directory of somebody else's that is there already and will be taken
   * apart: nothing is recorded or forced to disk, and the deployment ends when its controller is
   * gone.
   *
   * @param names what each entry at the manifest's root is called there, in the manifest's order
   * @param files which entries of the manifest, by index, as {@link java.util.BitSet#toByteArray}
   *     has it, base64; the directories that hold them come with them
   */
  record Part(List<String> names, String files) implements Extent {
    public Part {
      names = List.copyOf(names);
      Objects.requireNonNull(files, "files is null");
    }
  }
}
