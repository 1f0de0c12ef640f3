package dev.provisioning.local;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Catalog;
import dev.provisioning.spi.model.Failure;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A plan of this provider: {@code <cores>x<GiB>}, any numbers; the catalogue lists usual ones. */
record Size(int cores, int memoryGb) {
  private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,2})x([1-9][0-9]{0,3})");
  private static final List<Size> USUAL =
      List.of(
          new Size(1, 1),
          new Size(1, 2),
          new Size(1, 4),
          new Size(2, 2),
          new Size(2, 4),
          new Size(2, 8),
          new Size(4, 4),
          new Size(4, 8),
          new Size(4, 16),
          new Size(8, 16));
  private static final long NANO = 1_000_000_000L;
  private static final long GIB = 1L << 30;

  /**
   * @throws ProviderException {@code Invalid(PlanNotFound)}
   */
  static Size of(String plan) {
    Matcher matcher = NAME.matcher(plan);
    if (!matcher.matches()) {
      throw new ProviderException(
          new Failure.Invalid(
              "PlanNotFound",
              "spec.plan: %s is no plan of provider local; plans are <cores>x<GB>, like 2x4"
                  .formatted(plan)));
    }
    return new Size(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Those of the usual sizes that a computer with so many cores can give. */
  static Stream<Size> usual(int cores) {
    return USUAL.stream().filter(size -> size.cores <= cores);
  }

  /** The plan that these limits amount to; {@code unlimited} where there are none. */
  static String planOf(Long nanoCpus, Long memoryBytes) {
    if (nanoCpus == null || memoryBytes == null || nanoCpus < NANO || memoryBytes < GIB) {
      return "unlimited";
    }
    return nanoCpus / NANO + "x" + memoryBytes / GIB;
  }

  long nanoCpus() {
    return cores * NANO;
  }

  long memoryBytes() {
    return memoryGb * GIB;
  }

  Catalog.Plan plan(String architecture, String zone) {
    return new Catalog.Plan(
        cores + "x" + memoryGb, cores, memoryGb * 1024, architecture, false, Set.of(zone));
  }
}
