package io.codeploy.multiquery.ssh.cipher;

/** What a cipher of a session does: one for what is sent, one for what is received. */
enum Direction {
  ENCRYPT,
  DECRYPT
}
