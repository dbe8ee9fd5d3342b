package io.codeploy.multiquery.ssh.cipher;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The functions of OpenSSL 3's libcrypto that AES-GCM takes (EVP_EncryptInit(3)), by the JDK's
 * foreign functions. All may be called from many threads, for one context from one at a time.
 */
final class LibCrypto {
  private static final String NAME = "libcrypto.so.3";

  // Of openssl/evp.h.
  private static final int GET_TAG = 0x10;
  private static final int SET_TAG = 0x11;
  private static final int AS_BEFORE = -1;

  /** Lets a call take arrays of the heap; the collector waits for it, for some ten microseconds. */
  private static final Linker.Option IN_THE_HEAP = Linker.Option.critical(true);

  private final MethodHandle newContext;
  private final MethodHandle freeContext;
  private final MethodHandle init;
  private final MethodHandle cipher;
  private final MethodHandle control;
  private final MemorySegment aes128;
  private final MemorySegment aes256;

  private LibCrypto(SymbolLookup library) throws GeneralSecurityException {
    newContext = function(library, "EVP_CIPHER_CTX_new", ADDRESS);
    freeContext = link(library, "EVP_CIPHER_CTX_free", FunctionDescriptor.ofVoid(ADDRESS));
    init =
        function(
            library,
            "EVP_CipherInit_ex",
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            JAVA_INT);
    cipher = function(library, "EVP_Cipher", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
    control =
        function(library, "EVP_CIPHER_CTX_ctrl", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    aes128 = address(function(library, "EVP_aes_128_gcm", ADDRESS));
    aes256 = address(function(library, "EVP_aes_256_gcm", ADDRESS));
  }

  /**
   * Links the machine's library, which takes some 70 ms of CPU time, and has it encrypt what is
   * known. Empty where there is none, where Java may not call it, and where it does not do what it
   * should.
   */
  @SuppressWarnings("restricted")
  static Optional<LibCrypto> load() {
    if (!LibCrypto.class.getModule().isNativeAccessEnabled()) {
      // A call would be let through for now, with four lines of warning among what nodes say.
      return Optional.empty();
    }
    try {
      LibCrypto library = new LibCrypto(SymbolLookup.libraryLookup(NAME, Arena.global()));
      return library.works() ? Optional.of(library) : Optional.empty();
    } catch (GeneralSecurityException
        | IllegalArgumentException
        | IllegalCallerException
        | NoSuchElementException
        | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /** Test case 2 of "The Galois/Counter Mode of Operation" (McGrew, Viega). */
  private boolean works() throws GeneralSecurityException {
    byte[] packet = new byte[16 + Aead.TAG_BYTES];
    new LibCryptoGcm(this, new byte[16], Direction.ENCRYPT)
        .crypt(new byte[Aead.NONCE_BYTES], packet, 0, 0, 16);
    return Arrays.equals(
        packet,
        HexFormat.of()
            .parseHex("0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf"));
  }

  /** A context for a key of 16 or 32 bytes; it is freed when the last reference to it is gone. */
  @SuppressWarnings("restricted")
  MemorySegment context(byte[] key, Direction direction) throws GeneralSecurityException {
    MemorySegment made = address(newContext);
    if (made.equals(MemorySegment.NULL)) {
      throw new GeneralSecurityException("libcrypto has no memory for a cipher");
    }
    MemorySegment context = made.reinterpret(Arena.ofAuto(), this::free);
    MemorySegment type = key.length == 16 ? aes128 : aes256;
    int encrypt = direction == Direction.ENCRYPT ? 1 : 0;
    init(context, type, MemorySegment.ofArray(key), MemorySegment.NULL, encrypt);
    return context;
  }

  void nonce(MemorySegment context, MemorySegment nonce) throws GeneralSecurityException {
    init(context, MemorySegment.NULL, MemorySegment.NULL, nonce, AS_BEFORE);
  }

  /** The tag that the packet to be decrypted should have. */
  void expect(MemorySegment context, MemorySegment tag) throws GeneralSecurityException {
    control(context, SET_TAG, tag);
  }

  /** The tag of the packet that was encrypted. */
  void tag(MemorySegment context, MemorySegment into) throws GeneralSecurityException {
    control(context, GET_TAG, into);
  }

  void authenticate(MemorySegment context, MemorySegment clear) throws GeneralSecurityException {
    if (clear.byteSize() > 0) {
      check(cipher(context, MemorySegment.NULL, clear) >= 0, "EVP_Cipher");
    }
  }

  void crypt(MemorySegment context, MemorySegment text) throws GeneralSecurityException {
    check(cipher(context, text, text) >= 0, "EVP_Cipher");
  }

  /** Whether the tag is right; when encrypting, always. */
  boolean finish(MemorySegment context) {
    return cipher(context, MemorySegment.NULL, MemorySegment.NULL) >= 0;
  }

  private void init(
      MemorySegment context,
      MemorySegment type,
      MemorySegment key,
      MemorySegment nonce,
      int encrypt)
      throws GeneralSecurityException {
    int done;
    try {
      done = (int) init.invokeExact(context, type, MemorySegment.NULL, key, nonce, encrypt);
    } catch (Throwable e) {
      throw notCalled(e);
    }
    check(done == 1, "EVP_CipherInit_ex");
  }

  private void control(MemorySegment context, int what, MemorySegment tag)
      throws GeneralSecurityException {
    int done;
    try {
      done = (int) control.invokeExact(context, what, Aead.TAG_BYTES, tag);
    } catch (Throwable e) {
      throw notCalled(e);
    }
    check(done == 1, "EVP_CIPHER_CTX_ctrl");
  }

  private int cipher(MemorySegment context, MemorySegment to, MemorySegment from) {
    try {
      return (int) cipher.invokeExact(context, to, from, (int) from.byteSize());
    } catch (Throwable e) {
      throw notCalled(e);
    }
  }

  private void free(MemorySegment context) {
    try {
      freeContext.invokeExact(context);
    } catch (Throwable e) {
      throw notCalled(e);
    }
  }

  private static MemorySegment address(MethodHandle getter) {
    try {
      return (MemorySegment) getter.invokeExact();
    } catch (Throwable e) {
      throw notCalled(e);
    }
  }

  private static MethodHandle function(
      SymbolLookup library, String name, MemoryLayout returned, MemoryLayout... arguments) {
    return link(library, name, FunctionDescriptor.of(returned, arguments));
  }

  @SuppressWarnings("restricted")
  private static MethodHandle link(SymbolLookup library, String name, FunctionDescriptor type) {
    return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), type, IN_THE_HEAP);
  }

  private static void check(boolean done, String function) throws GeneralSecurityException {
    if (!done) {
      throw new GeneralSecurityException("libcrypto's " + function + " failed");
    }
  }

  /** Types of arguments that do not match a function's: a bug here. */
  private static IllegalStateException notCalled(Throwable cause) {
    return new IllegalStateException("libcrypto cannot be called: " + cause, cause);
  }
}
