/**
 * AES-GCM for MINA: by the JDK for as long as little is decrypted, and from then on by the
 * machine's libcrypto, if it has one. A JVM that compiles with C1 alone, which starts best, takes
 * 42 ms of CPU time for a megabyte; libcrypto takes 0.6, but to link it takes as long as two
 * megabytes do.
 */
@NullMarked
package io.codeploy.multiquery.ssh.cipher;

import org.jspecify.annotations.NullMarked;
