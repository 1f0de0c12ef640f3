package dev.provisioning.faults;

/**
 * Who saw what was really done outside, whatever the operator says. Watches from before the first
 * operator starts.
 */
interface Witness extends AutoCloseable {
  /** While all is Ready: nothing was done twice, nothing is left over. */
  void afterRise(Stage stage);

  /** When all is deleted. */
  void afterFall(Stage stage);

  /** What there is now, for whoever must find out why a run did not end; may be several lines. */
  String account();

  @Override
  void close();
}
