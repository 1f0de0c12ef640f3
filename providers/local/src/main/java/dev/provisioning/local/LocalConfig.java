package dev.provisioning.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of one {@code local} provider entry.
 *
 * @param endpoint {@code unix:///path} or {@code tcp://host:port}; empty: the first engine that
 *     answers
 * @param images portable image name to image reference of the engine; see {@link #withImages}
 */
public record LocalConfig(Optional<String> endpoint, Map<String, String> images, Profile profile) {
  private static final Map<String, String> DEFAULT_IMAGES =
      Map.of("debian-12", "provisioning/machine:debian-12");

  public LocalConfig {
    images = Map.copyOf(images);
  }

  /** What a machine is prepared for. */
  public enum Profile {
    /** Services only. */
    PLAIN,
    /** Containers and kubelet too: more capabilities, volumes under {@code /var/lib}. */
    NESTED
  }

  public static LocalConfig defaults() {
    return new LocalConfig(Optional.empty(), DEFAULT_IMAGES, Profile.NESTED);
  }

  public LocalConfig withEndpoint(String other) {
    return new LocalConfig(Optional.of(other), images, profile);
  }

  /** Adds images to the default ones, or replaces them, by name. */
  public LocalConfig withImages(Map<String, String> more) {
    Map<String, String> merged = new LinkedHashMap<>(images);
    merged.putAll(more);
    return new LocalConfig(endpoint, merged, profile);
  }

  public LocalConfig withProfile(Profile other) {
    return new LocalConfig(endpoint, images, other);
  }
}
