package io.codeploy.multiquery.ssh.cipher;

import java.lang.foreign.MemorySegment;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;

/** By libcrypto, which reads and writes the packet where it lies in the heap. */
final class LibCryptoGcm implements Aead {
  private final LibCrypto library;
  private final Direction direction;

  /** Freed when nobody refers to it any more. */
  private final MemorySegment context;

  LibCryptoGcm(LibCrypto library, byte[] key, Direction direction) throws GeneralSecurityException {
    this.library = library;
    this.direction = direction;
    this.context = library.context(key, direction);
  }

  @Override
  public void crypt(byte[] nonce, byte[] packet, int start, int clear, int length)
      throws GeneralSecurityException {
    MemorySegment bytes = MemorySegment.ofArray(packet);
    MemorySegment text = bytes.asSlice((long) start + clear, length);
    MemorySegment tag = bytes.asSlice((long) start + clear + length, TAG_BYTES);
    library.nonce(context, MemorySegment.ofArray(nonce));
    if (direction == Direction.DECRYPT) {
      library.expect(context, tag);
    }
    library.authenticate(context, bytes.asSlice(start, clear));
    library.crypt(context, text);
    if (!library.finish(context)) {
      throw new AEADBadTagException("a packet's tag is not that of its bytes");
    }
    if (direction == Direction.ENCRYPT) {
      library.tag(context, tag);
    }
  }
}
