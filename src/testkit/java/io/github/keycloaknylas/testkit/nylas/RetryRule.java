package io.github.keycloaknylas.testkit.nylas;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides whether and when a notification is sent again (https://developer.nylas.com/docs/v3/notifications/). */
final class RetryRule {

    private static final Set<Integer> RETRIED = Set.of(408, 429, 502, 503, 504, 507);

    // Exponential; the last attempt comes 10 to 20 minutes after the first.
    volatile List<Duration> delays = List.of(Duration.ofMinutes(5), Duration.ofMinutes(10));

    Optional<Duration> delay(int attempt, List<WebhookResponse> responses) {
        if (attempt >= Notification.MAX_ATTEMPTS || responses.stream().noneMatch(RetryRule::isRetried)) {
            return Optional.empty();
        }
        Duration usual = delays.get(attempt - 1);
        return Optional.of(responses.stream()
                .filter(response -> response.status() == 429)
                .flatMap(response -> response.header("retry-after").stream())
                .filter(value -> value.matches("\\d{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .max(Duration::compareTo)
                .orElse(usual));
    }

    private static boolean isRetried(WebhookResponse response) {
        return response.timedOut() || RETRIED.contains(response.status());
    }
}
