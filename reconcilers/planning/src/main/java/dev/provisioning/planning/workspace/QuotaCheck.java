package dev.provisioning.planning.workspace;

import dev.provisioning.api.workspace.Limits;
import dev.provisioning.spi.model.Failure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a demand fits.
 *
 * @param uses what exists or may exist
 * @param reserved what was granted and does not exist yet
 */
public record QuotaCheck(String workspace, Limits limits, Amounts uses, Amounts reserved) {
  private static final Duration RETRY = Duration.ofSeconds(5);

  /** The first limit that {@code asked} would break, with the sentence for it. */
  public Optional<Failure> refuses(Amounts asked) {
    return rows(asked)
        .filter(Row::broken)
        .findFirst()
        .map(row -> new Failure.Waiting("QuotaExceeded", sentence(row), RETRY));
  }

  /** The first limit that what exists breaks already: somebody lowered it. */
  public Optional<String> exceeded() {
    return rows(Amounts.NONE)
        .filter(row -> row.uses().compareTo(row.allowed()) > 0)
        .findFirst()
        .map(
            row ->
                "%s: %s allows %s, uses %s"
                    .formatted(row.name(), workspace, text(row.allowed()), text(row.uses())));
  }

  private String sentence(Row row) {
    return "quota %s: %s allows %s, uses %s, reserved %s, requested %s; %s spec.limits.%s of Workspace %s%s"
        .formatted(
            row.name(),
            workspace,
            text(row.allowed()),
            text(row.uses()),
            text(row.reserved()),
            text(row.asked()),
            row.neverFits() ? "ask for less, or raise" : "it goes on when there is room: raise",
            row.name(),
            workspace,
            row.neverFits() ? "" : " or delete a Server");
  }

  private Stream<Row> rows(Amounts asked) {
    return Stream.of(
            row(
                "servers",
                limits.servers(),
                new int[] {uses.servers(), reserved.servers(), asked.servers()}),
            row("cores", limits.cores(), new int[] {uses.cores(), reserved.cores(), asked.cores()}),
            row(
                "memoryGb",
                limits.memoryGb(),
                new int[] {uses.memoryGb(), reserved.memoryGb(), asked.memoryGb()}),
            row(
                "storageGb",
                limits.storageGb(),
                new int[] {uses.storageGb(), reserved.storageGb(), asked.storageGb()}),
            money(asked))
        .flatMap(Optional::stream);
  }

  private static Optional<Row> row(String name, Integer allowed, int[] amounts) {
    return Optional.ofNullable(allowed)
        .map(
            limit ->
                new Row(
                    name,
                    BigDecimal.valueOf(limit),
                    BigDecimal.valueOf(amounts[0]),
                    BigDecimal.valueOf(amounts[1]),
                    BigDecimal.valueOf(amounts[2])));
  }

  private Optional<Row> money(Amounts asked) {
    return Optional.ofNullable(limits.monthlyCost())
        .map(
            limit ->
                new Row(
                    "monthlyCost",
                    new BigDecimal(limit),
                    uses.monthlyCost(),
                    reserved.monthlyCost(),
                    asked.monthlyCost()));
  }

  /** Money in cents, all else whole. */
  private static String text(BigDecimal number) {
    return number.scale() <= 2
        ? number.toPlainString()
        : number.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  private record Row(
      String name, BigDecimal allowed, BigDecimal uses, BigDecimal reserved, BigDecimal asked) {
    boolean neverFits() {
      return asked.compareTo(allowed) > 0;
    }

    /** A demand of nothing never breaks a limit, even where it is broken already. */
    boolean broken() {
      return asked.signum() > 0 && uses.add(reserved).add(asked).compareTo(allowed) > 0;
    }
  }
}
