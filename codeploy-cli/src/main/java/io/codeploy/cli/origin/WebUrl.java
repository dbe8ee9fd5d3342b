package io.codeploy.cli.origin;

import io.codeploy.chunkcache.manifest.RelativePath;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Where a web server serves the tree.
 *
 * @param root of the tree, without a trailing slash
 */
record WebUrl(HttpUrl root) {
  /** Understands what an operator typed. */
  static WebUrl parse(String text) throws OriginException {
    HttpUrl url =
        Optional.ofNullable(HttpUrl.parse(text.strip()))
            .orElseThrow(
                () ->
                    new OriginException(
                        text + " is not a URL; give one such as http://web.example/~me/program"));
    if (url.query() != null || url.fragment() != null) {
      throw new OriginException(text + " has a ? or #; give the URL of a directory");
    }
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      throw new OriginException("a URL with a user name does not work; let the nodes in without");
    }
    HttpUrl.Builder root = url.newBuilder();
    for (int last = url.pathSize() - 1;
        last > 0 && url.pathSegments().get(last).isEmpty();
        last--) {
      root.removePathSegment(last);
    }
    return new WebUrl(root.build());
  }

  /** Of the file at {@code path} of the tree. */
  HttpUrl of(RelativePath path) {
    HttpUrl.Builder url = root.newBuilder();
    path.names().forEach(url::addPathSegment);
    return url.build();
  }

  /** Of the file {@code name} in the directory {@code dir} at the tree's root. */
  HttpUrl of(String dir, String name) {
    return root.newBuilder().addPathSegment(dir).addPathSegment(name).build();
  }

  /** As nodes are told it. */
  @Override
  public String toString() {
    String text = root.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
