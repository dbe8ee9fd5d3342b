package io.codeploy.multicopy.push;

import io.codeploy.multicopy.source.Runs;
import io.codeploy.multicopy.source.SourceEntry;
import io.codeploy.multiquery.connect.ArrayInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/**
 * A file without its holes, for a loop of {@code dd}: for each run of blocks a line with the number
 * of the first and how many they are, then the blocks. The last block of the file is filled up with
 * zeros.
 */
final class SparseInput extends PartsInput {
  /** $1 is the directory, $2 the file, $3 how much of it is there, $4 the stage, $5 its size. */
  static final String RECEIVE =
      """
      unset CDPATH
      umask 077
      cd "$1" || exit
      [ -d "${2%%/*}" ] || mkdir -p "${2%%/*}" || exit
      echo $$ 2>/dev/null >"$4/w"
      if [ "$3" = 0 ]; then : >"$2" || exit
      else [ -w "$2" ] || chmod u+w "$2" || exit
      fi
      while read -r first count; do
        m=$(dd of="$2" bs=%d seek="$first" count="$count" conv=notrunc iflag=fullblock 2>&1) || {
          printf "%%s\\n" "$m" >&2
          exit 1
        }
      done
      m=$(dd of="$2" bs=1 seek="$5" count=0 2>&1 </dev/null) && exit
      printf "%%s\\n" "$m" >&2
      exit 1
      """
          .formatted(Runs.BLOCK_BYTES);

  private final SourceEntry entry;
  private final Iterator<Runs.Run> runs;

  SparseInput(SourceEntry entry, List<Runs.Run> runs) {
    this.entry = entry;
    this.runs = runs.iterator();
  }

  @Override
  boolean advance() throws IOException {
    if (!runs.hasNext()) {
      return false;
    }
    Runs.Run run = runs.next();
    long from = run.first() * Runs.BLOCK_BYTES;
    long bytes = run.count() * Runs.BLOCK_BYTES;
    long there = Math.min(bytes, entry.size() - from);
    String line = run.first() + " " + run.count() + "\n";
    add(new ByteArrayInputStream(line.getBytes(StandardCharsets.US_ASCII)));
    add(new Part(new FileInput(entry, from), there));
    add(new ByteArrayInputStream(new byte[(int) (bytes - there)]));
    return true;
  }

  /** So many bytes of a file. */
  private static final class Part extends ArrayInput {
    private final FileInput file;
    private long left;

    Part(FileInput file, long left) {
      this.file = file;
      this.left = left;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int n = file.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(n, 0);
      return n;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
