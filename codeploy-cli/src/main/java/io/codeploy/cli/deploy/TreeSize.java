package io.codeploy.cli.deploy;

/**
 * How large a tree is.
 *
 * @param contentBytes of its regular files
 * @param transportedBytes of all chunks, the manifest's included
 */
public record TreeSize(int files, long contentBytes, long transportedBytes) {}
