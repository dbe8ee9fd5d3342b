package io.codeploy.multicopy.compress;

import io.codeploy.multiquery.fanout.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;
import java.util.function.Predicate;

/** Decides for one node which streams are compressed. */
public final class Squeezer {
  private static final int SAMPLE_BYTES = 16 << 10;

  private final Compression asked;
  private final Optional<Codec> codec;
  private final TimeSource time;

  /**
   * A stream as it is sent.
   *
   * @param undo the command that undoes it; empty where none is needed
   */
  public record Sent(InputStream stream, String undo) {}

  /**
   * @param has whether the node has a program
   */
  public Squeezer(Compression asked, Predicate<String> has, TimeSource time) {
    this.asked = asked;
    this.codec = asked.codec(has);
    this.time = time;
  }

  /**
   * How a stream is packed that is made once for many.
   *
   * @param codec by which, if by any
   * @param always whether also where there seems to be nothing to gain
   */
  public record Once(Optional<Codec> codec, boolean always) {
    /** For a stream that begins with {@code length} of {@code bytes}. */
    public Packing of(byte[] bytes, int length) {
      int sample = Math.min(length, SAMPLE_BYTES);
      boolean little = sample < SAMPLE_BYTES || Gain.isDense(bytes, sample);
      return new Packing(little && !always ? Optional.empty() : codec);
    }
  }

  /**
   * The same for this node as for others like it; empty where it takes this one's link to know
   * whether it pays, since it takes long to undo.
   */
  public Optional<Once> once() {
    return codec.equals(Optional.of(Codec.GZIP)) && !asked.always()
        ? Optional.empty()
        : Optional.of(new Once(codec, asked.always()));
  }

  /** Looks at the beginning of {@code in}, and wraps it where there is something to gain. */
  public Sent of(InputStream in) throws IOException {
    if (codec.isEmpty()) {
      return new Sent(in, "");
    }
    byte[] sample = in.readNBytes(SAMPLE_BYTES);
    InputStream again = new SequenceInputStream(new ByteArrayInputStream(sample), in);
    boolean little = sample.length < SAMPLE_BYTES || Gain.isDense(sample, sample.length);
    if (little && !asked.always()) {
      return new Sent(again, "");
    }
    return new Sent(
        new SqueezedInput(
            again, codec.get(), Gain.hope(sample, sample.length), asked.always(), time),
        codec.get().undo());
  }
}
