package io.codeploy.cli.scan;

/** A file that a walk found, and what is in it. */
record ReadFile(FoundFile found, KnownFile known) {}
