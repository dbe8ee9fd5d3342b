package io.codeploy.multiquery.warm.wire;

/** The first frame of each socket. */
public final class Hello {
  /** Of the whole format. */
  public static final int VERSION = 4;

  private static final String MAGIC = "codeploy keeper";

  private Hello() {}

  /** What a client says. */
  public static Frame frame() {
    return frame(VERSION);
  }

  static Frame frame(int version) {
    return new Content().text(MAGIC).number(version).as(FrameType.HELLO);
  }

  /**
   * Throws unless {@code frame} is the hello of a client of this version.
   *
   * @throws ProtocolException whose message may be told to the client
   */
  public static void check(Frame frame) throws ProtocolException {
    if (frame.type() != FrameType.HELLO) {
      throw new ProtocolException("no hello, but " + frame.type());
    }
    Fields fields = frame.fields();
    if (!fields.text().equals(MAGIC)) {
      throw new ProtocolException("the hello of something else");
    }
    int version = fields.number();
    if (version != VERSION) {
      throw new ProtocolException(
          "this keeper speaks version %d, not %d".formatted(VERSION, version));
    }
    fields.end();
  }
}
