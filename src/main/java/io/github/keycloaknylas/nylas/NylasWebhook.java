package io.github.keycloaknylas.nylas;

import java.util.Set;

/**
 * A webhook as Nylas lists it (Nylas API reference: "Webhooks").
 *
 * @param id Nylas' ID
 * @param url address it sends to
 * @param triggers what it sends, for instance {@code grant.expired}
 * @param status {@code active}, {@code failing}, {@code failed} or a word for paused; empty if it is not reported
 */
public record NylasWebhook(String id, String url, Set<String> triggers, String status) {}
