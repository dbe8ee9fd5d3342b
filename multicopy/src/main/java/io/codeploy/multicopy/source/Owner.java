package io.codeploy.multicopy.source;

/**
 * Whose a file is: a user and a group, each with its number; where it has no name, that is its
 * name.
 */
public record Owner(int uid, String user, int gid, String group) {}
