package dev.provisioning.local;

import dev.provisioning.spi.model.Owner;

/** Labels on containers and volumes, besides those of {@link Owner#tags}. */
final class Labels {
  static final String KEY = Owner.TAG_PREFIX + "key";
  static final String UID = Owner.TAG_PREFIX + "uid";
  static final String INCARNATION = Owner.TAG_PREFIX + "incarnation";
  static final String OPERATOR = Owner.TAG_PREFIX + "operator";
  static final String ZONE = Owner.TAG_PREFIX + "zone";
  static final String IMAGE = Owner.TAG_PREFIX + "image";

  /** On a volume: the name of the machine it was made for. */
  static final String MACHINE = Owner.TAG_PREFIX + "machine";

  /** On a volume: {@link #NESTED} or {@link #DATA}. */
  static final String VOLUME_KIND = Owner.TAG_PREFIX + "volume-kind";

  /** On a data volume: its name in the Server's spec. */
  static final String VOLUME_NAME = Owner.TAG_PREFIX + "volume-name";

  /** On a data volume: GB asked for; an engine enforces no size. */
  static final String VOLUME_SIZE = Owner.TAG_PREFIX + "volume-size";

  static final String NESTED = "nested";
  static final String DATA = "data";

  /** Prefix of the user's tags on the container. */
  static final String TAG = Owner.TAG_PREFIX + "tag.";

  /** On a record volume: the full id of the container that it speaks of. */
  static final String RECORD_OF = Owner.TAG_PREFIX + "record-of";

  private Labels() {}
}
