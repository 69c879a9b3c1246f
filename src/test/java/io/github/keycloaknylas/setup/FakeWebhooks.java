package io.github.keycloaknylas.setup;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.DeletionOutcome;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.FailureReach;
import io.github.keycloaknylas.nylas.NylasApplication;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.nylas.NylasWebhook;
import io.github.keycloaknylas.nylas.WebhookClient;
import io.github.keycloaknylas.nylas.WebhookSecret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The webhooks of one Nylas application, with the calls that were made. */
public final class FakeWebhooks {

    public static final Failure OUTAGE =
            new Failure(FailureKind.TEMPORARY, null, null, 503, "r-1", null, "Nylas could not answer just now.");
    public static final Failure REFUSAL = new Failure(
            FailureKind.ADMINISTRATOR,
            FailureReach.ROW,
            "70005",
            400,
            "r-1",
            null,
            "Nylas could not read the address.");

    public final Map<String, NylasWebhook> known = new LinkedHashMap<>();
    public final List<String> calls = new ArrayList<>();
    public Runnable onCall = () -> {};
    public Failure createFails;
    public Failure rotateFails;
    public Failure listFails;
    private int made;
    private int secrets;

    String newestSecret() {
        return "secret-" + secrets;
    }

    public void add(String id, String url) {
        known.put(id, new NylasWebhook(id, url, WebhookTarget.TRIGGERS, "active"));
    }

    public void status(String id, String status) {
        NylasWebhook webhook = known.get(id);
        known.put(id, new NylasWebhook(id, webhook.url(), webhook.triggers(), status));
    }

    public NylasClient client() {
        NylasClient nylas = mock(NylasClient.class);
        WebhookClient webhooks = mock(WebhookClient.class);
        when(nylas.webhooks()).thenReturn(webhooks);
        when(nylas.application(any()))
                .thenReturn(new CallResult.Done<>(new NylasApplication("application-1", "us", "production"), "r-1"));
        when(webhooks.list(any())).thenAnswer(call -> called("list", listFails, () -> List.copyOf(known.values())));
        when(webhooks.create(any(), any(), any()))
                .thenAnswer(
                        call -> called("create", createFails, () -> create(call.getArgument(1), call.getArgument(2))));
        when(webhooks.delete(any(), any()))
                .thenAnswer(call -> called("delete " + call.getArgument(1), null, () -> {
                    known.remove(call.<String>getArgument(1));
                    return DeletionOutcome.DELETED;
                }));
        when(webhooks.rotate(any(), any()))
                .thenAnswer(call -> called("rotate", rotateFails, () -> secret(call.getArgument(1))));
        when(webhooks.read(any(), any()))
                .thenAnswer(call -> called("read", null, () -> known.get(call.<String>getArgument(1))));
        return nylas;
    }

    private WebhookSecret create(String url, Collection<String> triggers) {
        String id = "nylas-" + ++made;
        known.put(id, new NylasWebhook(id, url, Set.copyOf(triggers), "active"));
        return secret(id);
    }

    private WebhookSecret secret(String id) {
        return new WebhookSecret(id, "secret-" + ++secrets);
    }

    private interface Outcome<T> {
        T get();
    }

    private <T> CallResult<T> called(String name, Failure failure, Outcome<T> outcome) {
        calls.add(name);
        onCall.run();
        return failure == null ? new CallResult.Done<>(outcome.get(), "r-1") : new CallResult.Failed<>(failure);
    }
}
