package dev.provisioning.spi.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who a machine belongs to. {@code operatorId} is the uid of the operator's namespace; {@code
 * server} is the name and {@code uid} the uid of the Server resource; {@code incarnation} counts
 * its machines from 1.
 */
public record Owner(
    String operatorId,
    String namespace,
    String workspace,
    String server,
    String uid,
    int incarnation) {
  /** Reserved prefix of ownership tags; user tags may not use it. */
  public static final String TAG_PREFIX = "provisioning.dev/";

  /** Whether both mean the same machine-to-be, whatever names they give it. */
  public boolean sameIncarnation(Owner other) {
    return uid.equals(other.uid) && incarnation == other.incarnation;
  }

  /** As tags of a machine; {@link #fromTags} reads them back. */
  public Map<String, String> tags() {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(TAG_PREFIX + "operator", operatorId);
    tags.put(TAG_PREFIX + "namespace", namespace);
    tags.put(TAG_PREFIX + "workspace", workspace);
    tags.put(TAG_PREFIX + "server", server);
    tags.put(TAG_PREFIX + "uid", uid);
    tags.put(TAG_PREFIX + "incarnation", Integer.toString(incarnation));
    return tags;
  }

  /** The owner that these tags name; empty when they name none. */
  public static Optional<Owner> fromTags(Map<String, String> tags) {
    String uid = tags.get(TAG_PREFIX + "uid");
    if (uid == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Owner(
            tags.getOrDefault(TAG_PREFIX + "operator", ""),
            tags.getOrDefault(TAG_PREFIX + "namespace", ""),
            tags.getOrDefault(TAG_PREFIX + "workspace", ""),
            tags.getOrDefault(TAG_PREFIX + "server", ""),
            uid,
            Integer.parseInt(tags.getOrDefault(TAG_PREFIX + "incarnation", "1"))));
  }
}
