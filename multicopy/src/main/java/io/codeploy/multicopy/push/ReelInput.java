package io.codeploy.multicopy.push;

import io.codeploy.multicopy.progress.Progress;
import io.codeploy.multicopy.source.Reel;
import io.codeploy.multiquery.connect.ArrayInput;
import java.io.IOException;
import java.util.Optional;

/** What one node gets of a stream that is made once for all. One thread. */
final class ReelInput extends ArrayInput {
  private final Reel reel;
  private final Progress progress;
  private byte[] piece = new byte[0];
  private int at;
  private int next;

  ReelInput(Reel reel, Progress progress) {
    this.reel = reel;
    this.progress = progress;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int filled = 0;
    while (filled < length && (at < piece.length || advance())) {
      int n = Math.min(length - filled, piece.length - at);
      System.arraycopy(piece, at, bytes, offset + filled, n);
      at += n;
      filled += n;
    }
    progress.step();
    return filled == 0 && length > 0 ? -1 : filled;
  }

  private boolean advance() throws IOException {
    Optional<Reel.Piece> made = made();
    if (made.isEmpty()) {
      return false;
    }
    piece = made.get().bytes();
    at = 0;
    next++;
    progress.bytes(Math.toIntExact(made.get().carried().bytes()));
    for (long file = 0; file < made.get().carried().files(); file++) {
      progress.file();
    }
    return true;
  }

  private Optional<Reel.Piece> made() throws IOException {
    try (Progress.OwnWork reading = progress.ownWork()) {
      return reel.piece(next);
    }
  }
}
