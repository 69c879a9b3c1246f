package io.github.keycloaknylas.testkit.microsoft;

import io.github.keycloaknylas.testkit.http.HtmlTemplate;
import java.util.Map;

/** Shows the sign-in page, and takes its answer at the same address. */
final class AuthorizeEndpoint implements Endpoint {

    private final Directory directory;
    private final Apps apps;
    private final Consents consents;
    private final Codes codes;

    AuthorizeEndpoint(Directory directory, Apps apps, Consents consents, Codes codes) {
        this.directory = directory;
        this.apps = apps;
        this.consents = consents;
        this.codes = codes;
    }

    @Override
    public Reply answer(Call call) {
        ReturnAddress back;
        try {
            back = ReturnAddress.of(call.query(), apps);
        } catch (Refusal refusal) {
            // Nobody may be sent to an address that is not known to be the app's.
            return Reply.html(
                    400,
                    HtmlTemplate.resource(AuthorizeEndpoint.class, "refused.html")
                            .fill(Map.of("description", refusal.description())));
        }
        try {
            AuthorizationRequest request = AuthorizationRequest.of(call.query(), back);
            return call.method().equals("POST") ? decide(call, request) : ask(call, request);
        } catch (Refusal refusal) {
            return back.with(refusal);
        }
    }

    private Reply ask(Call call, AuthorizationRequest request) {
        SignInPage page = new SignInPage(
                request.app(),
                request.scopes(),
                directory.all().stream().filter(call.tenant()::admits).toList(),
                request.loginHint(),
                call.uri().toString());
        return Reply.html(200, page.html());
    }

    private Reply decide(Call call, AuthorizationRequest request) {
        if (!Aadsts.required(call.body(), "decision").equals("accept")) {
            throw Aadsts.DECLINED.refusal();
        }
        Account account = directory
                .find(Aadsts.required(call.body(), "account"))
                .filter(call.tenant()::admits)
                .orElseThrow(() -> Aadsts.NOT_IN_TENANT.refusal(call.tenant().name()));
        if (directory.behaviourOf(account.id()).refusesConsent()) {
            throw Aadsts.DECLINED.refusal();
        }
        consents.give(account.id(), request.app(), request.scopes());
        return request.back().with(codes.issue(request, account));
    }
}
