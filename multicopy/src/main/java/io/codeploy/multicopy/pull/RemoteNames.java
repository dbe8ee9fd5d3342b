package io.codeploy.multicopy.pull;

import java.util.Map;

/**
 * Names of users and groups of a node, by their numbers, which are unsigned; of those that have
 * one. The name of any other is its number, signed, since so the JDK takes and tells it.
 */
record RemoteNames(Map<Integer, String> users, Map<Integer, String> groups) {
  RemoteNames {
    users = Map.copyOf(users);
    groups = Map.copyOf(groups);
  }

  String user(int uid) {
    return users.getOrDefault(uid, Integer.toString(uid));
  }

  String group(int gid) {
    return groups.getOrDefault(gid, Integer.toString(gid));
  }
}
