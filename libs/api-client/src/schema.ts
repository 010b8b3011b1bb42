// Generated from e2e/golden/openapi.json by `npm run approve:api`. Do not edit.
export interface paths {
    "/api/audit/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls and refusals, newest first; one’s own without audit:read */
        get: operations["listCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/calls/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One call with its masked request and response */
        get: operations["getCall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/calls/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls as a file, CSV or JSON lines; itself on the trail */
        get: operations["exportCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Administrative changes, newest first */
        get: operations["listAdminEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the newest thousand entries of each chain are what was written; audit:verify looks at all */
        get: operations["verifyAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Own API keys, or with `api-keys:manage` those of a user */
        get: operations["listApiKeys"];
        put?: never;
        /** Makes a key for yourself; its secret is shown this once */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends a key at once */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs in, sets a new session cookie and ends the session of the old one */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the session that is used */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is calling, and what they may do */
        get: operations["readMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes own name or language; takes a session */
        patch: operations["changeMe"];
        trace?: never;
    };
    "/api/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets a new password and ends all other own sessions */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listConversations"];
        put?: never;
        post: operations["createConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getConversation"];
        put?: never;
        post?: never;
        delete: operations["deleteConversation"];
        options?: never;
        head?: never;
        patch: operations["changeConversation"];
        trace?: never;
    };
    "/api/chat/conversations/{id}/apps/{service_id}/{tool_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["getAppPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}/apps/{service_id}/{tool_name}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Calls have limits of their own, per person and per service. */
        post: operations["callToolForApp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}/apps/{service_id}/{tool_name}/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["readResourceForApp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listChatMessages"];
        put?: never;
        /** Answers with the AI SDK's UI message stream. Closing it stops the model; a call in flight finishes and is kept. */
        post: operations["sendChatMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chat/conversations/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["stopChatAnswer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/embed/apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Applications that may show the chat widget, by name */
        get: operations["listEmbedApps"];
        put?: never;
        /** Registers an application; its secret is shown this once */
        post: operations["createEmbedApp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/embed/apps/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes an application */
        put: operations["changeEmbedApp"];
        post?: never;
        /** Ends an application and all its sessions */
        delete: operations["deleteEmbedApp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/embed/apps/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a new secret; the old one and its sessions end at once */
        post: operations["rotateEmbedSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/embed/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Opens a widget session for one of the app's users */
        post: operations["openEmbedSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Server-sent events: first the health of every service that the caller may see, then each change. */
        get: operations["followEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Groups, by name */
        get: operations["listGroups"];
        put?: never;
        /** Makes a group */
        post: operations["createGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/groups/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One group */
        get: operations["readGroup"];
        /** Changes name or description */
        put: operations["changeGroup"];
        post?: never;
        /** Deletes a group; its members lose what was granted to it */
        delete: operations["deleteGroup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/groups/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Members of a group, by e-mail address */
        get: operations["listMembers"];
        put?: never;
        /** Adds a user to a group */
        post: operations["addMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/groups/{id}/members/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes a user out of a group */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inspector/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a request as an MCP client would. A call is on record like any other; running it as somebody else is on the trail. */
        post: operations["runInspectorRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inspector/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The clients of the last half hour, the one used last first. */
        get: operations["listTrafficSources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inspector/sources/{id}/frames": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Server-sent events `frame`: what was kept since somebody began to look, then each message. Looking is on the trail. */
        get: operations["followTrafficFrames"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs, newest first */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One job, with its result */
        get: operations["getJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop a job */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a job goes on */
        get: operations["followJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/llm/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listLlmModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/llm/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listLlmProviders"];
        put?: never;
        post: operations["createLlmProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/llm/providers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["changeLlmProvider"];
        post?: never;
        delete: operations["deleteLlmProvider"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/llm/providers/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["testLlmProvider"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/access/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why somebody may, or may not, use a service or a tool */
        get: operations["explainAccess"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Grants, oldest first */
        get: operations["listGrants"];
        put?: never;
        /** Let, or forbid, somebody to use a service or one of its tools */
        post: operations["createGrant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/grants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a grant back */
        delete: operations["deleteGrant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rules, by what they limit and then oldest first */
        get: operations["listLimits"];
        put?: never;
        /** Limit everyone, a group, a user, a key, a service or a tool */
        post: operations["createLimit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/limits/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a rule; null inherits, absent fields stay as they are */
        put: operations["changeLimit"];
        post?: never;
        /** Remove a rule; what it set is inherited again */
        delete: operations["deleteLimit"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/limits/defaults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What applies where no rule says anything */
        get: operations["getLimitDefaults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/limits/effective": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The limits of a person at a service or one tool of it, and where each number comes from */
        get: operations["explainLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/limits/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The limits of the caller, and how much of them is used */
        get: operations["getOwnLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Profiles by slug: all with services:read, otherwise those that offer the caller something */
        get: operations["listProfiles"];
        put?: never;
        /** Make a profile: a curated set of tools with its own endpoint */
        post: operations["createProfile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/profiles/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One profile */
        get: operations["getProfile"];
        /** Change a profile; absent fields stay as they are */
        put: operations["changeProfile"];
        post?: never;
        /** Delete a profile and its grants; its endpoint is empty then */
        delete: operations["deleteProfile"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/profiles/{id}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why somebody may, or may not, use a service or a tool through the profile */
        get: operations["explainProfileAccess"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/profiles/{id}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much of a model’s context the tools of a profile take */
        get: operations["measureProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Services by slug: all with services:read, otherwise the granted ones */
        get: operations["listServices"];
        put?: never;
        /** Register a service; type stdio takes services:stdio as well */
        post: operations["createService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One service */
        get: operations["getService"];
        /** Change a service; absent fields stay as they are */
        put: operations["changeService"];
        post?: never;
        /** Delete a service and its grants; records of its use stay */
        delete: operations["deleteService"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/{id}/cache": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Forget all answers and contents that are kept */
        delete: operations["clearServiceCache"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/{id}/enabled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Switch a service on or off */
        put: operations["switchService"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/{id}/my-credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Store your own credentials for a service; they are sealed and never shown */
        put: operations["putMyCredentials"];
        post?: never;
        /** Forget your own credentials for a service */
        delete: operations["deleteMyCredentials"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/{id}/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pins the command to what it runs now: from here on it is started only as long as that stays the same. */
        post: operations["pinService"];
        /** Takes the pin away. */
        delete: operations["unpinService"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/{id}/prompts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listPrompts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/{id}/prompts/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes the path of a call: decided, limited and on record. */
        post: operations["getPrompt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/{id}/reconnect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives the connection up and makes a new one at once. */
        post: operations["reconnectService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/{id}/resource-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listResourceTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/{id}/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["listResources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/{id}/resources/{uri}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Takes the path of a call: decided, limited and on record. */
        get: operations["readResource"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries a service on a connection of its own, step by step. */
        post: operations["testService"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/{id}/test/call": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Calls a tool without a grant, on record as a call from the test panel. */
        post: operations["testCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/{id}/tools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whoever administers services sees all tools, everybody else those that they may call. */
        get: operations["listServiceTools"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/{id}/tools/{tool_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends with the service's answer, also when the tool itself failed; our own refusals are errors. With
         *     `Prefer: respond-async` a job calls the tool; what is refused is refused at once.
         */
        post: operations["callTool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/{id}/tools/{tool_name}/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["setToolPolicy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/{id}/tools/{tool_name}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Accepts what the tool says now, or holds it: nobody may see or call it then. */
        put: operations["reviewTool"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Register services out of a pasted text */
        post: operations["importServices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/import/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a pasted text would become; without any effect */
        post: operations["previewImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/services/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries a draft that is not saved. A local command takes services:stdio as well. */
        post: operations["testDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/tools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exactly what the caller may call right now. */
        get: operations["listTools"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/mcp/tools/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Call many tools at once */
        post: operations["callToolsInBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The state of things, limited to what the caller may see */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Roles: the built-in ones first, then those defined here */
        get: operations["listRoles"];
        put?: never;
        /** Defines a role out of permissions the caller has too */
        post: operations["createRole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roles/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes what a role says; whoever has it is affected at once */
        put: operations["changeRole"];
        post?: never;
        /** Deletes a role that nobody has */
        delete: operations["deleteRole"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the first owner is still to be made */
        get: operations["readSetup"];
        put?: never;
        /** Makes the first owner and signs in; 410 once there is one */
        post: operations["completeSetup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Calls counted by service, tool, user or day; one’s own without usage:read */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Users, by e-mail address */
        get: operations["listUsers"];
        put?: never;
        /** Makes a user, with roles the caller has too */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One user */
        get: operations["readUser"];
        /** Changes a user; new roles, a new password or disabling end the sessions */
        put: operations["changeUser"];
        post?: never;
        /** Deletes a user with all keys and sessions; records of calls stay */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process runs; it does if it answers */
        get: operations["isAlive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether database, migrations and audit writer work and no shutdown is under way */
        get: operations["isReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/startup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether migrations ran and the process serves */
        get: operations["isStarted"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccessControl: {
            grants: components["schemas"]["Grant"][];
        };
        AccessControlDraft: {
            grants: components["schemas"]["DraftGrant"][];
        };
        AdminEvent: {
            action: string;
            /** @description Null for what the system did by itself. */
            actor: components["schemas"]["TrailActor"] | null;
            /** Format: date-time */
            at: string;
            changes: {
                [key: string]: unknown;
            } | null;
            id: string;
            ip: string | null;
            requestId: string;
            target: components["schemas"]["TrailTarget"];
        };
        AdminEventPage: {
            items: components["schemas"]["AdminEvent"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        ApiKey: {
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            id: string;
            /**
             * Format: date-time
             * @description Up to a minute behind.
             */
            lastUsedAt: string | null;
            name: string;
            /** @description The first characters of the secret, by which a person recognises it. */
            prefix: string;
            /** Format: date-time */
            revokedAt: string | null;
            /** @description What the key may do, as far as its user may do it too. */
            scopes: ("services:read" | "services:write" | "services:stdio" | "services:test" | "grants:read" | "grants:write" | "limits:read" | "limits:write" | "users:read" | "users:write" | "groups:read" | "groups:write" | "roles:write" | "api-keys:own" | "api-keys:manage" | "audit:read" | "audit:export" | "usage:read" | "settings:read" | "settings:write" | "embed:write" | "tools:use" | "chat:use" | "jobs:manage" | "health:read" | "metrics:read" | "inspector:read" | "inspector:impersonate")[];
            /** @description The only services that the key may use; null for all that its user may use. */
            serviceIds: string[] | null;
            /** Format: email */
            userEmail: string;
            userId: string;
        };
        ApiKeyCreated: {
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string | null;
            id: string;
            /**
             * Format: date-time
             * @description Up to a minute behind.
             */
            lastUsedAt: string | null;
            name: string;
            /** @description The first characters of the secret, by which a person recognises it. */
            prefix: string;
            /** Format: date-time */
            revokedAt: string | null;
            /** @description What the key may do, as far as its user may do it too. */
            scopes: ("services:read" | "services:write" | "services:stdio" | "services:test" | "grants:read" | "grants:write" | "limits:read" | "limits:write" | "users:read" | "users:write" | "groups:read" | "groups:write" | "roles:write" | "api-keys:own" | "api-keys:manage" | "audit:read" | "audit:export" | "usage:read" | "settings:read" | "settings:write" | "embed:write" | "tools:use" | "chat:use" | "jobs:manage" | "health:read" | "metrics:read" | "inspector:read" | "inspector:impersonate")[];
            secret: string;
            /** @description The only services that the key may use; null for all that its user may use. */
            serviceIds: string[] | null;
            /** Format: email */
            userEmail: string;
            userId: string;
        };
        ApiKeyDraft: {
            /**
             * Format: date-time
             * @description Moment at which the key stops working; absent for never.
             */
            expiresAt?: string;
            name: string;
            /** @description `tools:use` alone when absent; never more than you may do yourself. */
            scopes?: ("services:read" | "services:write" | "services:stdio" | "services:test" | "grants:read" | "grants:write" | "limits:read" | "limits:write" | "users:read" | "users:write" | "groups:read" | "groups:write" | "roles:write" | "api-keys:own" | "api-keys:manage" | "audit:read" | "audit:export" | "usage:read" | "settings:read" | "settings:write" | "embed:write" | "tools:use" | "chat:use" | "jobs:manage" | "health:read" | "metrics:read" | "inspector:read" | "inspector:impersonate")[];
            /** @description Ids of services; absent for all that you may use, now and later. */
            serviceIds?: string[];
        };
        ApiKeyPage: {
            items: components["schemas"]["ApiKey"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        AppCall: {
            arguments: {
                [key: string]: unknown;
            };
            tool: string;
        };
        AppCallResult: {
            callId: string;
            /** @description MCP's CallToolResult, as the service sent it. */
            result: {
                [key: string]: unknown;
            };
        };
        AppPage: {
            /** @description What the app wants of the browser, as features of a permissions policy. To be given only if the person agrees. */
            features: string[];
            /** @description The page around the app, on its own origin; whoever shows it adds `&host=` and their origin. */
            frameUrl: string;
            /** @description A stranger's program: for the sandbox frame alone, never for a page of ours. */
            html: string;
            /** @description Origins that the app may reach, for the person to see. */
            reaches: string[];
        };
        AppRead: {
            uri: string;
        };
        AppReadResult: {
            /** @description MCP's ReadResourceResult, as the service sent it. */
            contents: {
                [key: string]: unknown;
            }[];
        };
        AuditVerdict: {
            /**
             * Format: date-time
             * @description When it was looked, ISO 8601.
             */
            at: string;
            chains: components["schemas"]["ChainVerdict"][];
            valid: boolean;
        };
        BatchBody: {
            /** @description Only with `Prefer: respond-async`: whom to tell when the job is over. */
            callback?: components["schemas"]["CallbackDraft"];
            items: components["schemas"]["BatchItem"][];
        };
        BatchError: {
            /** @enum {string} */
            code: "bad_request" | "validation_failed" | "not_found" | "host_unknown" | "method_not_allowed" | "conflict" | "cache_refused" | "stale_version" | "payload_too_large" | "unsupported_media_type" | "rate_limited" | "internal" | "memory_short" | "shutting_down" | "auth_required" | "login_failed" | "api_key_invalid" | "embed_token_invalid" | "embed_app_invalid" | "embed_origin_denied" | "embed_user_unknown" | "setup_done" | "setup_token_invalid" | "csrf_refused" | "permission_missing" | "last_owner" | "privilege_escalation" | "role_built_in" | "in_use" | "own_account" | "password_wrong" | "session_required" | "credential_ambiguous" | "access_denied" | "tool_not_found" | "tool_held" | "service_disabled" | "approval_required" | "arguments_invalid" | "tool_schema_unusable" | "tool_result_invalid" | "too_many_calls" | "quota_exhausted" | "call_cancelled" | "request_state_invalid" | "parked_call_lost" | "import_unreadable" | "stdio_not_allowed" | "command_unpinnable" | "upstream_unreachable" | "upstream_command_failed" | "upstream_unauthorised" | "upstream_not_mcp" | "upstream_protocol" | "upstream_timeout" | "upstream_lost" | "upstream_credentials_missing" | "upstream_credentials_refused" | "upstream_unavailable" | "upstream_busy" | "upstream_error" | "command_fetches_packages" | "command_not_pinned" | "command_changed" | "too_many_commands" | "input_unavailable" | "question_unanswered" | "question_refused" | "link_required" | "egress_refused" | "upstream_address_refused" | "output_too_large" | "watch_unsupported" | "watch_limit" | "model_not_configured" | "model_unavailable" | "turn_too_long" | "turn_budget_used" | "conversation_busy" | "apps_off" | "app_unusable" | "audit_unavailable" | "queue_full" | "task_interrupted" | "task_answer_not_kept" | "job_queue_full" | "job_interrupted" | "job_owner_refused" | "job_kind_unknown" | "tool_reported_failure" | "result_not_kept" | "idempotency_in_progress" | "idempotency_key_reused" | "idempotency_unknown";
            fields?: components["schemas"]["BatchProblem"][];
            message: string;
            remedy: string;
        };
        BatchItem: {
            /** @description Checked against the input schema of the tool before anything is sent. */
            arguments: {
                [key: string]: unknown;
            };
            /** @description Id or slug. */
            service: string;
            /** @description How long to wait for it, ms; absent: as the service is set. */
            timeoutMs?: number;
            /** @description The tool's own name, exact and case-sensitive. */
            tool: string;
        };
        BatchItemResult: {
            /** @description The service was not asked for this call: an equal answer was kept, or on its way for somebody else. */
            cached?: boolean;
            callId?: string;
            durationMs?: number;
            error?: components["schemas"]["BatchError"];
            /**
             * @description It was on its way, and is as new as what the other call got.
             * @enum {boolean}
             */
            joined?: true;
            /** @description MCP's CallToolResult, as the service sent it. */
            result?: {
                [key: string]: unknown;
            };
            service: string;
            /** @description HTTP status that the call alone would have been answered with. A tool's own failure is 200, with `isError` in its result. */
            status: number;
            tool: string;
        };
        BatchProblem: {
            message: string;
            path: string;
        };
        BatchResult: {
            items: components["schemas"]["BatchItemResult"][];
        };
        CachePolicy: {
            /**
             * @description To whom: `principal`, only to whom they were given; `shared`, to everybody who may ask for the same.
             * @enum {string}
             */
            scope: "principal" | "shared";
            /** @description How long, seconds; at most a day. */
            ttlSeconds: number;
        };
        Call: {
            /**
             * Format: date-time
             * @description When it came, ISO 8601.
             */
            at: string;
            /** @description The service was not asked for this call: an equal answer was kept, or on its way for somebody else. */
            cached: boolean;
            chatId: string | null;
            credential: components["schemas"]["CallCredential"];
            /** @enum {string} */
            decision: "allow" | "deny";
            /** @enum {string} */
            door: "rest" | "mcp" | "chat" | "direct" | "test" | "inspector" | "app" | "job" | "batch";
            /** @description Null while it runs. */
            durationMs: number | null;
            errorCode: components["schemas"]["ErrorCode"] | null;
            id: string;
            /** @description Slug of the profile whose endpoint the call came to; null for every other way. */
            profile: string | null;
            requestBytes: number;
            responseBytes: number;
            /** @description The rule that refused it, in words. */
            rule: string | null;
            service: components["schemas"]["CallService"];
            /** @enum {string} */
            status: "running" | "success" | "error" | "denied" | "cancelled" | "unknown";
            tool: string;
            user: components["schemas"]["CallUser"];
        };
        CallableTool: {
            /** @description Hints of the service about itself; no policy rests on them. */
            annotations?: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            approval: "never" | "user" | "always" | "four-eyes";
            /** @description How its answers are kept; null: not at all. */
            cache: components["schemas"]["CachePolicy"] | null;
            can: components["schemas"]["ToolAbilities"];
            /** @enum {string} */
            class: "read" | "write" | "destructive" | "unknown";
            description: string | null;
            /** @description Characters that nobody sees, taken out of title, description and schemas. More than none is a reason to look at it. */
            hiddenCharacters: number;
            icons?: {
                [key: string]: unknown;
            }[];
            /** @description Doing it twice does no harm: a job that was interrupted may begin again. */
            idempotent: boolean;
            /** @description JSON Schema of the arguments. */
            inputSchema: {
                [key: string]: unknown;
            };
            /** @description As the service calls it. */
            name: string;
            /** @description JSON Schema of the structured content. */
            outputSchema?: {
                [key: string]: unknown;
            };
            /** @description As MCP clients and models see it: prefixed, unique among all services, at most 64 characters. */
            publicName: string;
            /** @description Only for those who administer services. */
            review?: components["schemas"]["ToolReview"];
            serviceId: string;
            serviceName: components["schemas"]["ToolServiceName"];
            serviceSlug: string;
            title: string | null;
        };
        CallableToolPage: {
            items: components["schemas"]["CallableTool"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        CallbackDraft: {
            /** @description Signs deliveries as Standard Webhooks does: `whsec_` and 24 to 64 bytes in base64. No answer ever holds it. */
            secret?: string;
            /**
             * Format: uri
             * @description http or https; where it may lead is the operator's to decide.
             */
            url: string;
        };
        CallCredential: {
            id: string;
            /** @enum {string} */
            kind: "session" | "api-key" | "embed";
            name: string;
        };
        CallPage: {
            items: components["schemas"]["Call"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        CallRequestBody: {
            /** @description Checked against the input schema of the tool before anything is sent. */
            arguments: {
                [key: string]: unknown;
            };
            /** @description Only with `Prefer: respond-async`: whom to tell when the job is over. */
            callback?: components["schemas"]["CallbackDraft"];
            /** @description The conversation that the call belongs to. */
            chatId?: string;
            /** @description How long the caller waits, ms; absent: as the service is set. */
            timeoutMs?: number;
        };
        CallResult: {
            /** @description The service was not asked for this call: an equal answer was kept, or on its way for somebody else. */
            cached: boolean;
            callId: string;
            durationMs: number;
            /**
             * @description It was on its way, and is as new as what the other call got.
             * @enum {boolean}
             */
            joined?: true;
            /** @description MCP's CallToolResult, as the service sent it. */
            result: {
                [key: string]: unknown;
            };
        };
        /**
         * @description `none`: it was recorded before there was a chain.
         * @enum {string}
         */
        CallSeal: "valid" | "broken" | "none";
        CallService: {
            /** @description Null when the caller named a service that does not exist. */
            id: string | null;
            name: string;
        };
        CallUser: {
            email: string;
            id: string;
            name: string;
        };
        ChainFault: {
            kind: components["schemas"]["ChainFaultKind"];
            /** @description Number of the first entry that is not as it was written; null where there is none. */
            seq: number | null;
            /** @description In words. */
            what: string;
        };
        /** @enum {string} */
        ChainFaultKind: "entry-missing" | "entry-altered" | "entry-foreign" | "record-missing" | "record-altered" | "record-unchained" | "truncated" | "checkpoint-forged" | "anchor-forged" | "gap-forged" | "node-altered" | "key-missing";
        ChainVerdict: {
            checkpoints: number;
            entries: number;
            fault: components["schemas"]["ChainFault"] | null;
            /** @description Null where the chain is broken. */
            first: number | null;
            last: number | null;
            node: string;
            /** @description Retention took entries up to this one, as declared; 0 for none. */
            prunedThrough: number;
            /** @description Ed25519 key that its checkpoints are signed with, SPKI in base64url. */
            publicKey: string;
        };
        ChatMessage: {
            /** Format: date-time */
            createdAt: string;
            id: string;
            /** @description Parts of the AI SDK's UI message: `text`, `dynamic-tool`, `data-call`, `data-notice`, `data-direct`. */
            parts: {
                [key: string]: unknown;
            }[];
            /** @enum {string} */
            role: "user" | "assistant";
        };
        ChatMessagePage: {
            items: components["schemas"]["ChatMessage"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        ChatTurn: {
            direct?: components["schemas"]["DirectCall"];
            /** @description Kept for the conversation. */
            modelId?: string;
            /** @description Kept for the conversation. */
            serviceIds?: string[];
            text?: string;
        };
        Checklist: {
            /** @description Some MCP client called through /mcp. */
            client: boolean;
            grant: boolean;
            group: boolean;
            service: boolean;
            /** @description Some tool was called with success. */
            test: boolean;
        };
        Conversation: {
            /** Format: date-time */
            createdAt: string;
            id: string;
            modelId: string | null;
            serviceIds: string[];
            /** @description Made of the first message; null until there is one. */
            title: string | null;
            /** Format: date-time */
            updatedAt: string;
        };
        ConversationChange: {
            /** @description `id` of a model in `/api/llm/models`; absent: the default. */
            modelId?: string;
            /** @description The services whose tools the model is offered; those that the caller may not use are passed over. */
            serviceIds?: string[];
            title?: string;
        };
        ConversationDraft: {
            /** @description `id` of a model in `/api/llm/models`; absent: the default. */
            modelId?: string;
            /** @description The services whose tools the model is offered; those that the caller may not use are passed over. */
            serviceIds?: string[];
            title?: string;
        };
        ConversationPage: {
            items: components["schemas"]["Conversation"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        /** @enum {string} */
        CredentialKind: "session" | "api-key" | "embed";
        DirectCall: {
            arguments: {
                [key: string]: unknown;
            };
            /** @description Id or slug. */
            serviceId: string;
            tool: string;
        };
        DiskWarning: {
            freeBytes: number;
            totalBytes: number;
        };
        DraftGrant: {
            /** @enum {string} */
            effect: "allow" | "deny";
            subject: components["schemas"]["GrantSubject"];
            /** @description Exact name of one tool; absent for the whole service. */
            tool?: string;
        };
        DraftTest: {
            draft: components["schemas"]["ServiceDraft"];
            /**
             * Format: uuid
             * @description The service being edited: masked credentials of the draft mean those stored there.
             */
            serviceId?: string;
        };
        EffectiveLimits: {
            /** @description In the order in which a call goes through them. */
            buckets: components["schemas"]["LimitBucket"][];
            /** @description The tightest number of all buckets, one for each limit. */
            tightest: components["schemas"]["LimitSetting"][];
        };
        EmbedApp: {
            /** @description Exact origins of the pages that may hold the widget, for example `https://intranet.example.com`. */
            allowedOrigins: string[];
            /** Format: date-time */
            createdAt: string;
            /** @description Whether a user unknown here is created at the first session. */
            createUsers: boolean;
            id: string;
            /**
             * Format: date-time
             * @description Up to a minute behind.
             */
            lastUsedAt: string | null;
            name: string;
            /** @description The first characters of the secret. */
            prefix: string;
            /** @description Send it back with a change. */
            version: number;
        };
        EmbedAppChange: {
            /** @description Sessions of origins that are gone end at once. */
            allowedOrigins?: string[];
            createUsers?: boolean;
            name?: string;
            /** @description The version that was read; an older one is refused with 412. */
            version: number;
        };
        EmbedAppCreated: {
            /** @description Exact origins of the pages that may hold the widget, for example `https://intranet.example.com`. */
            allowedOrigins: string[];
            /** Format: date-time */
            createdAt: string;
            /** @description Whether a user unknown here is created at the first session. */
            createUsers: boolean;
            id: string;
            /**
             * Format: date-time
             * @description Up to a minute behind.
             */
            lastUsedAt: string | null;
            name: string;
            /** @description The first characters of the secret. */
            prefix: string;
            secret: string;
            /** @description Send it back with a change. */
            version: number;
        };
        EmbedAppDraft: {
            allowedOrigins: string[];
            /** @description False when absent. */
            createUsers?: boolean;
            name: string;
        };
        EmbedAppPage: {
            items: components["schemas"]["EmbedApp"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        EmbedSession: {
            /** Format: date-time */
            expiresAt: string;
            sessionId: string;
            /** @description Bearer token for the widget; shown once. */
            token: string;
        };
        EmbedSessionDraft: {
            /**
             * @description Language of a user who is created by this.
             * @enum {string}
             */
            language?: "zh" | "en";
            /** @description Origin of the page; the token is good from there alone. */
            origin: string;
            /** @description Both when absent. */
            scopes?: ("chat:use" | "tools:use")[];
            /** @description Seconds, 60 to 900; 900 when absent. */
            ttlSeconds?: number;
            user: components["schemas"]["EmbedUser"];
        };
        EmbedUser: {
            /** Format: email */
            email: string;
            /** @description How your application calls the user; kept with the session. */
            id?: string;
            /** @description Display name of a user who is created by this. */
            name?: string;
        };
        EnabledChange: {
            enabled: boolean;
        };
        /** @enum {string} */
        ErrorCode: "bad_request" | "validation_failed" | "not_found" | "host_unknown" | "method_not_allowed" | "conflict" | "cache_refused" | "stale_version" | "payload_too_large" | "unsupported_media_type" | "rate_limited" | "internal" | "memory_short" | "shutting_down" | "auth_required" | "login_failed" | "api_key_invalid" | "embed_token_invalid" | "embed_app_invalid" | "embed_origin_denied" | "embed_user_unknown" | "setup_done" | "setup_token_invalid" | "csrf_refused" | "permission_missing" | "last_owner" | "privilege_escalation" | "role_built_in" | "in_use" | "own_account" | "password_wrong" | "session_required" | "credential_ambiguous" | "access_denied" | "tool_not_found" | "tool_held" | "service_disabled" | "approval_required" | "arguments_invalid" | "tool_schema_unusable" | "tool_result_invalid" | "too_many_calls" | "quota_exhausted" | "call_cancelled" | "request_state_invalid" | "parked_call_lost" | "import_unreadable" | "stdio_not_allowed" | "command_unpinnable" | "upstream_unreachable" | "upstream_command_failed" | "upstream_unauthorised" | "upstream_not_mcp" | "upstream_protocol" | "upstream_timeout" | "upstream_lost" | "upstream_credentials_missing" | "upstream_credentials_refused" | "upstream_unavailable" | "upstream_busy" | "upstream_error" | "command_fetches_packages" | "command_not_pinned" | "command_changed" | "too_many_commands" | "input_unavailable" | "question_unanswered" | "question_refused" | "link_required" | "egress_refused" | "upstream_address_refused" | "output_too_large" | "watch_unsupported" | "watch_limit" | "model_not_configured" | "model_unavailable" | "turn_too_long" | "turn_budget_used" | "conversation_busy" | "apps_off" | "app_unusable" | "audit_unavailable" | "queue_full" | "task_interrupted" | "task_answer_not_kept" | "job_queue_full" | "job_interrupted" | "job_owner_refused" | "job_kind_unknown" | "tool_reported_failure" | "result_not_kept" | "idempotency_in_progress" | "idempotency_key_reused" | "idempotency_unknown";
        Explanation: {
            allowed: boolean;
            /** @description What decided comes first. */
            chain: components["schemas"]["ExplanationLink"][];
            /** @enum {string} */
            code: "granted" | "denied-by-grant" | "no-grant" | "not-in-key" | "permission-missing" | "has-permission" | "passage-closed" | "denied-by-passage" | "service-disabled" | "address-refused" | "user-disabled";
            /** @description The outcome in one sentence, in the language of the request. */
            sentence: string;
        };
        ExplanationLink: {
            /** @enum {string} */
            effect: "allow" | "deny";
            /** @description Of the grant or the service. */
            id?: string;
            /** @enum {string} */
            kind: "grant" | "role" | "policy" | "service" | "profile" | "address";
            /** @description One sentence in the language of the request. */
            text: string;
        };
        Frame: {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            direction: "out" | "in";
            message: {
                [key: string]: unknown;
            };
        };
        Grant: {
            /** Format: date-time */
            createdAt: string;
            /** @description E-mail address; null when a declaration file or somebody since deleted made it. */
            createdBy: string | null;
            /** @enum {string} */
            effect: "allow" | "deny";
            id: string;
            serviceId: string;
            subject: components["schemas"]["GrantedSubject"];
            /** @description Null: the whole service, its resources and prompts included. */
            tool: string | null;
        };
        GrantDraft: {
            /** @enum {string} */
            effect: "allow" | "deny";
            /** @description Id or slug. */
            serviceId: string;
            subject: components["schemas"]["GrantSubject"];
            /** @description Exact name of one tool; absent for the whole service. */
            tool?: string;
        };
        GrantedSubject: {
            /** @description Null for everyone. */
            id: string | null;
            /** @enum {string} */
            kind: "everyone" | "group" | "user";
            /** @description Name of the group, e-mail address of the user, empty for everyone. */
            name: string;
        };
        GrantPage: {
            items: components["schemas"]["Grant"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        GrantSubject: {
            /** Format: uuid */
            id?: string;
            /** @enum {string} */
            kind: "everyone" | "group" | "user";
        };
        Group: {
            /** Format: date-time */
            createdAt: string;
            description: string;
            id: string;
            memberCount: number;
            name: string;
            /** @description Send it back with a change. */
            version: number;
        };
        GroupChange: {
            description?: string;
            name?: string;
            /** @description The version that was read; an older one is refused with 412. */
            version: number;
        };
        GroupDraft: {
            description?: string;
            name: string;
        };
        GroupPage: {
            items: components["schemas"]["Group"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        GroupRef: {
            id: string;
            name: string;
        };
        HealthAnswer: {
            /** @description Per check, for callers with `health:read`. */
            details?: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            status: "ok" | "error";
        };
        HeldTools: {
            serviceName: string;
            serviceSlug: string;
            tools: number;
        };
        ImportChoice: {
            accessControl?: components["schemas"]["AccessControlDraft"];
            category?: string;
            key: string;
            name?: string;
            slug?: string;
            tags?: string[];
        };
        ImportEntry: {
            /** @description With secrets masked; null when the entry cannot be understood. */
            draft: components["schemas"]["ServiceDraft"] | null;
            /** @description Names the entry in `ImportRequest`; the same text gives the same keys. */
            key: string;
            name: string;
            problems: components["schemas"]["ImportProblem"][];
            secrets: components["schemas"]["ImportSecret"][];
        };
        ImportErrorText: {
            /** @enum {string} */
            code: "bad_request" | "validation_failed" | "not_found" | "host_unknown" | "method_not_allowed" | "conflict" | "cache_refused" | "stale_version" | "payload_too_large" | "unsupported_media_type" | "rate_limited" | "internal" | "memory_short" | "shutting_down" | "auth_required" | "login_failed" | "api_key_invalid" | "embed_token_invalid" | "embed_app_invalid" | "embed_origin_denied" | "embed_user_unknown" | "setup_done" | "setup_token_invalid" | "csrf_refused" | "permission_missing" | "last_owner" | "privilege_escalation" | "role_built_in" | "in_use" | "own_account" | "password_wrong" | "session_required" | "credential_ambiguous" | "access_denied" | "tool_not_found" | "tool_held" | "service_disabled" | "approval_required" | "arguments_invalid" | "tool_schema_unusable" | "tool_result_invalid" | "too_many_calls" | "quota_exhausted" | "call_cancelled" | "request_state_invalid" | "parked_call_lost" | "import_unreadable" | "stdio_not_allowed" | "command_unpinnable" | "upstream_unreachable" | "upstream_command_failed" | "upstream_unauthorised" | "upstream_not_mcp" | "upstream_protocol" | "upstream_timeout" | "upstream_lost" | "upstream_credentials_missing" | "upstream_credentials_refused" | "upstream_unavailable" | "upstream_busy" | "upstream_error" | "command_fetches_packages" | "command_not_pinned" | "command_changed" | "too_many_commands" | "input_unavailable" | "question_unanswered" | "question_refused" | "link_required" | "egress_refused" | "upstream_address_refused" | "output_too_large" | "watch_unsupported" | "watch_limit" | "model_not_configured" | "model_unavailable" | "turn_too_long" | "turn_budget_used" | "conversation_busy" | "apps_off" | "app_unusable" | "audit_unavailable" | "queue_full" | "task_interrupted" | "task_answer_not_kept" | "job_queue_full" | "job_interrupted" | "job_owner_refused" | "job_kind_unknown" | "tool_reported_failure" | "result_not_kept" | "idempotency_in_progress" | "idempotency_key_reused" | "idempotency_unknown";
            message: string;
        };
        ImportFailure: {
            error: components["schemas"]["ImportErrorText"];
            key: string;
        };
        ImportPreview: {
            entries: components["schemas"]["ImportEntry"][];
            /** @description Problems of the text as a whole. */
            problems: components["schemas"]["ImportProblem"][];
        };
        ImportProblem: {
            code: string;
            /** @description 1-based, in UTF-16 units. */
            column: number;
            /** @description 1-based. */
            line: number;
            /** @description One sentence in the language of the request. */
            message: string;
            /**
             * @description An entry with an error cannot be imported.
             * @enum {string}
             */
            severity: "error" | "warning";
        };
        ImportRequest: {
            entries: components["schemas"]["ImportChoice"][];
            text: string;
        };
        ImportResult: {
            created: components["schemas"]["Service"][];
            failed: components["schemas"]["ImportFailure"][];
        };
        ImportSecret: {
            name: string;
            /** @enum {string} */
            target: "header" | "env" | "tls";
        };
        ImportText: {
            text: string;
        };
        InspectorAnswer: {
            durationMs: number;
            /** @description Everything that passed, on both hops. */
            frames: components["schemas"]["TrafficFrame"][];
        };
        InspectorRequest: {
            /** @description Absent: as oneself. */
            as?: components["schemas"]["RunAs"];
            /** @description Path of an endpoint: `/mcp`, `/mcp/s/<slug>` or `/mcp/p/<profile>`. */
            endpoint: string;
            method: string;
            params: {
                [key: string]: unknown;
            };
        };
        Job: {
            /** @description How often it was begun. */
            attempts: number;
            callback: components["schemas"]["JobCallback"] | null;
            /** @description Somebody wants it stopped. */
            cancelRequested: boolean;
            /** Format: date-time */
            createdAt: string;
            error: components["schemas"]["JobError"] | null;
            /**
             * Format: date-time
             * @description When it is forgotten; null while it is under way.
             */
            expiresAt: string | null;
            /** Format: date-time */
            finishedAt: string | null;
            id: string;
            /** @description It may be begun again when the server stopped while it ran. */
            idempotent: boolean;
            /** @description `tool-call` or `tool-batch`. */
            kind: string;
            owner: components["schemas"]["JobOwner"];
            progress: components["schemas"]["JobProgressView"] | null;
            /** Format: date-time */
            startedAt: string | null;
            /**
             * @description `unknown`: the server stopped while it ran, and whether the work was done is not known.
             * @enum {string}
             */
            status: "queued" | "running" | "succeeded" | "failed" | "cancelled" | "unknown";
            title: string;
        };
        JobCallback: {
            deliveries: components["schemas"]["JobDelivery"][];
            /** Format: date-time */
            nextAt: string | null;
            /** @enum {string} */
            state: "waiting" | "pending" | "delivered" | "failed";
            /** @description Without its query. */
            url: string;
        };
        JobDelivery: {
            /** @description ISO 8601. */
            at: string;
            /** @enum {string} */
            error?: "bad_request" | "validation_failed" | "not_found" | "host_unknown" | "method_not_allowed" | "conflict" | "cache_refused" | "stale_version" | "payload_too_large" | "unsupported_media_type" | "rate_limited" | "internal" | "memory_short" | "shutting_down" | "auth_required" | "login_failed" | "api_key_invalid" | "embed_token_invalid" | "embed_app_invalid" | "embed_origin_denied" | "embed_user_unknown" | "setup_done" | "setup_token_invalid" | "csrf_refused" | "permission_missing" | "last_owner" | "privilege_escalation" | "role_built_in" | "in_use" | "own_account" | "password_wrong" | "session_required" | "credential_ambiguous" | "access_denied" | "tool_not_found" | "tool_held" | "service_disabled" | "approval_required" | "arguments_invalid" | "tool_schema_unusable" | "tool_result_invalid" | "too_many_calls" | "quota_exhausted" | "call_cancelled" | "request_state_invalid" | "parked_call_lost" | "import_unreadable" | "stdio_not_allowed" | "command_unpinnable" | "upstream_unreachable" | "upstream_command_failed" | "upstream_unauthorised" | "upstream_not_mcp" | "upstream_protocol" | "upstream_timeout" | "upstream_lost" | "upstream_credentials_missing" | "upstream_credentials_refused" | "upstream_unavailable" | "upstream_busy" | "upstream_error" | "command_fetches_packages" | "command_not_pinned" | "command_changed" | "too_many_commands" | "input_unavailable" | "question_unanswered" | "question_refused" | "link_required" | "egress_refused" | "upstream_address_refused" | "output_too_large" | "watch_unsupported" | "watch_limit" | "model_not_configured" | "model_unavailable" | "turn_too_long" | "turn_budget_used" | "conversation_busy" | "apps_off" | "app_unusable" | "audit_unavailable" | "queue_full" | "task_interrupted" | "task_answer_not_kept" | "job_queue_full" | "job_interrupted" | "job_owner_refused" | "job_kind_unknown" | "tool_reported_failure" | "result_not_kept" | "idempotency_in_progress" | "idempotency_key_reused" | "idempotency_unknown";
            /** @description HTTP status; null when no answer came. */
            status: number | null;
        };
        JobDetail: {
            /** @description How often it was begun. */
            attempts: number;
            callback: components["schemas"]["JobCallback"] | null;
            /** @description Somebody wants it stopped. */
            cancelRequested: boolean;
            /** Format: date-time */
            createdAt: string;
            error: components["schemas"]["JobError"] | null;
            /**
             * Format: date-time
             * @description When it is forgotten; null while it is under way.
             */
            expiresAt: string | null;
            /** Format: date-time */
            finishedAt: string | null;
            id: string;
            /** @description It may be begun again when the server stopped while it ran. */
            idempotent: boolean;
            /** @description `tool-call` or `tool-batch`. */
            kind: string;
            owner: components["schemas"]["JobOwner"];
            progress: components["schemas"]["JobProgressView"] | null;
            /** @description As the same request without `Prefer: respond-async` would have been answered; null without a result. */
            result?: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            startedAt: string | null;
            /**
             * @description `unknown`: the server stopped while it ran, and whether the work was done is not known.
             * @enum {string}
             */
            status: "queued" | "running" | "succeeded" | "failed" | "cancelled" | "unknown";
            title: string;
        };
        JobError: {
            /** @enum {string} */
            code: "bad_request" | "validation_failed" | "not_found" | "host_unknown" | "method_not_allowed" | "conflict" | "cache_refused" | "stale_version" | "payload_too_large" | "unsupported_media_type" | "rate_limited" | "internal" | "memory_short" | "shutting_down" | "auth_required" | "login_failed" | "api_key_invalid" | "embed_token_invalid" | "embed_app_invalid" | "embed_origin_denied" | "embed_user_unknown" | "setup_done" | "setup_token_invalid" | "csrf_refused" | "permission_missing" | "last_owner" | "privilege_escalation" | "role_built_in" | "in_use" | "own_account" | "password_wrong" | "session_required" | "credential_ambiguous" | "access_denied" | "tool_not_found" | "tool_held" | "service_disabled" | "approval_required" | "arguments_invalid" | "tool_schema_unusable" | "tool_result_invalid" | "too_many_calls" | "quota_exhausted" | "call_cancelled" | "request_state_invalid" | "parked_call_lost" | "import_unreadable" | "stdio_not_allowed" | "command_unpinnable" | "upstream_unreachable" | "upstream_command_failed" | "upstream_unauthorised" | "upstream_not_mcp" | "upstream_protocol" | "upstream_timeout" | "upstream_lost" | "upstream_credentials_missing" | "upstream_credentials_refused" | "upstream_unavailable" | "upstream_busy" | "upstream_error" | "command_fetches_packages" | "command_not_pinned" | "command_changed" | "too_many_commands" | "input_unavailable" | "question_unanswered" | "question_refused" | "link_required" | "egress_refused" | "upstream_address_refused" | "output_too_large" | "watch_unsupported" | "watch_limit" | "model_not_configured" | "model_unavailable" | "turn_too_long" | "turn_budget_used" | "conversation_busy" | "apps_off" | "app_unusable" | "audit_unavailable" | "queue_full" | "task_interrupted" | "task_answer_not_kept" | "job_queue_full" | "job_interrupted" | "job_owner_refused" | "job_kind_unknown" | "tool_reported_failure" | "result_not_kept" | "idempotency_in_progress" | "idempotency_key_reused" | "idempotency_unknown";
            fields?: components["schemas"]["JobProblem"][];
            message: string;
            remedy: string;
        };
        JobOwner: {
            /** @description Kind of the credential that it was started with. */
            credential: string;
            email: string;
            id: string;
            name: string;
        };
        JobPage: {
            items: components["schemas"]["Job"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        JobProblem: {
            message: string;
            path: string;
        };
        JobProgressView: {
            /** @description The service's own words. */
            message?: string;
            progress: number;
            total?: number;
        };
        Limit: {
            /** @description Calls at once; null: inherited. */
            concurrency: number | null;
            /** Format: date-time */
            createdAt: string;
            /** @description E-mail address; null when a file declares it, or whoever made it was deleted since. */
            createdBy: string | null;
            /** @description Calls in a day of UTC; 0: any number, null: inherited. */
            dailyQuota: number | null;
            id: string;
            /** @description Calls that may wait for a place; null: inherited. */
            queue: number | null;
            /** @description Calls a minute; 0: any number, null: inherited. */
            ratePerMinute: number | null;
            subject: components["schemas"]["LimitedSubject"];
            /** Format: date-time */
            updatedAt: string;
            version: number;
        };
        LimitBucket: {
            /** @enum {string} */
            kind: "key" | "user" | "tool" | "service";
            name: string;
            settings: components["schemas"]["LimitSetting"][];
        };
        LimitChange: {
            /** @description Calls at once. */
            concurrency?: number | null;
            /** @description Calls in a day of UTC; 0 for any number. */
            dailyQuota?: number | null;
            /** @description Calls that may wait for a place; 0 for none. */
            queue?: number | null;
            /** @description Calls in a minute that begins with the first of them; 0 for any number. */
            ratePerMinute?: number | null;
            version: number;
        };
        LimitDefaults: {
            /** @description For each person. */
            caller: components["schemas"]["LimitSetting"][];
            /** @description For each service, for all callers together. */
            service: components["schemas"]["LimitSetting"][];
        };
        LimitDraft: {
            /** @description Calls at once. */
            concurrency?: number | null;
            /** @description Calls in a day of UTC; 0 for any number. */
            dailyQuota?: number | null;
            /** @description Calls that may wait for a place; 0 for none. */
            queue?: number | null;
            /** @description Calls in a minute that begins with the first of them; 0 for any number. */
            ratePerMinute?: number | null;
            subject: components["schemas"]["LimitSubjectDraft"];
        };
        LimitedSubject: {
            id: string | null;
            /** @enum {string} */
            kind: "everyone" | "group" | "user" | "key" | "service" | "tool";
            /** @description Empty for everyone. */
            name: string;
            tool: string | null;
        };
        LimitPage: {
            items: components["schemas"]["Limit"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        LimitSetting: {
            /** @description Where it comes from, in the language of the request. */
            explanation: string;
            /** @enum {string} */
            name: "ratePerMinute" | "concurrency" | "queue" | "dailyQuota";
            /** @description Id of the rule that sets it. */
            ruleId: string | null;
            /** @enum {string} */
            source: "built-in" | "configuration" | "rule";
            /** @description Null: no limit. */
            value: number | null;
        };
        LimitSubjectDraft: {
            /**
             * Format: uuid
             * @description Of the group, user, API key or service; for a tool, of its service. Everyone has none.
             */
            id?: string;
            /** @enum {string} */
            kind: "everyone" | "group" | "user" | "key" | "service" | "tool";
            /** @description Exact name; for a tool alone. */
            tool?: string;
        };
        LimitUse: {
            /** @description Null: no limit. */
            remaining: number | null;
            /** @description Until the window ends, s. */
            secondsLeft: number;
            used: number;
        };
        LlmModel: {
            /** @description Pass it as `modelId` of a conversation or a message. */
            id: string;
            isDefault: boolean;
            label: string;
            model: string;
            providerId: string;
        };
        LlmModelList: {
            items: components["schemas"]["LlmModel"][];
        };
        LlmProvider: {
            baseUrl: string;
            contextTokens: number;
            enabled: boolean;
            hasKey: boolean;
            id: string;
            isDefault: boolean;
            /** @enum {string} */
            kind: "openai-compatible" | "anthropic";
            /** @description The model used where nobody chose one. */
            model: string;
            models: string[];
            name: string;
            version: number;
        };
        LlmProviderChange: {
            /** @description Write-only; absent or `••••` keeps the stored key, an empty text removes it. */
            apiKey?: string;
            /** Format: uri */
            baseUrl?: string;
            contextTokens?: number;
            enabled?: boolean;
            isDefault?: boolean;
            /** @enum {string} */
            kind?: "openai-compatible" | "anthropic";
            model?: string;
            models?: string[];
            name?: string;
            /** @description The version that was read; another one is refused. */
            version: number;
        };
        LlmProviderDraft: {
            /** @description Write-only; an empty text means that the endpoint wants no key. */
            apiKey?: string;
            /**
             * Format: uri
             * @description Up to and including the version segment, for example `https://api.example.com/v1`.
             */
            baseUrl: string;
            /** @description How many tokens of prompt and answer fit the model. */
            contextTokens?: number;
            enabled?: boolean;
            isDefault?: boolean;
            /** @enum {string} */
            kind: "openai-compatible" | "anthropic";
            model: string;
            /** @description Further models that people may choose. */
            models?: string[];
            name: string;
        };
        LlmProviderPage: {
            items: components["schemas"]["LlmProvider"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        LlmTestError: {
            code: components["schemas"]["ErrorCode"];
            message: string;
            remedy: string;
        };
        LlmTestResult: {
            durationMs: number;
            error?: components["schemas"]["LlmTestError"];
            ok: boolean;
        };
        LocalLabel: {
            en?: string;
            zh?: string;
        };
        LocalText: {
            en?: string;
            zh?: string;
        };
        Login: {
            /** Format: email */
            email: string;
            password: string;
        };
        Me: {
            displayName: string;
            /** Format: email */
            email: string;
            groups: components["schemas"]["GroupRef"][];
            id: string;
            /**
             * @description Preferred language; null follows the browser.
             * @enum {string|null}
             */
            language: "zh" | "en" | null;
            /** @description Of the roles, narrowed by the scopes of the credential. */
            permissions: ("services:read" | "services:write" | "services:stdio" | "services:test" | "grants:read" | "grants:write" | "limits:read" | "limits:write" | "users:read" | "users:write" | "groups:read" | "groups:write" | "roles:write" | "api-keys:own" | "api-keys:manage" | "audit:read" | "audit:export" | "usage:read" | "settings:read" | "settings:write" | "embed:write" | "tools:use" | "chat:use" | "jobs:manage" | "health:read" | "metrics:read" | "inspector:read" | "inspector:impersonate")[];
            /** @description Names of the user's roles. */
            roles: string[];
            /** @enum {string} */
            via: "session" | "api-key" | "embed";
        };
        MeChange: {
            displayName?: string;
            /** @enum {string} */
            language?: "zh" | "en";
        };
        Member: {
            /** Format: date-time */
            addedAt: string;
            displayName: string;
            /** Format: email */
            email: string;
            userId: string;
        };
        MemberDraft: {
            userId: string;
        };
        MemberPage: {
            items: components["schemas"]["Member"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        Overview: {
            calls24h: number;
            checklist: components["schemas"]["Checklist"];
            denied24h: number;
            /** @description Null while there is room, and for callers without `health:read`. */
            disk: components["schemas"]["DiskWarning"] | null;
            errors24h: number;
            /** @description Empty for callers who may not change services. */
            held: components["schemas"]["HeldTools"][];
            /** @description 95th percentile of finished calls in the last 24 hours, ms. */
            p95Ms: number;
            recent: components["schemas"]["Call"][];
            services: components["schemas"]["OverviewServices"];
            topTools: components["schemas"]["TopTool"][];
        };
        OverviewServices: {
            /** @description Enabled, and something is wrong with them. */
            attention: number;
            ready: number;
            total: number;
        };
        OwnCredentials: {
            /** @description What has to be entered. */
            names: string[];
            /**
             * Format: date-time
             * @description Null while nothing is stored that may be sent to where the service is now.
             */
            storedAt: string | null;
        };
        OwnCredentialsDraft: {
            /** @description By the names that the service asks for: of headers, or of variables of the environment. */
            values: {
                [key: string]: string;
            };
        };
        OwnLimitBucket: {
            /** @description Null where nothing is counted, because there is no quota. */
            day: components["schemas"]["LimitUse"] | null;
            /** @description Calls under way. */
            inside: number;
            /** @enum {string} */
            kind: "key" | "user" | "tool" | "service";
            /** @description Null where nothing is counted, because there is no limit. */
            minute: components["schemas"]["LimitUse"] | null;
            name: string;
            settings: components["schemas"]["LimitSetting"][];
            /** @description Calls that wait for a place. */
            waiting: number;
        };
        OwnLimits: {
            buckets: components["schemas"]["OwnLimitBucket"][];
        };
        PasswordChange: {
            currentPassword: string;
            newPassword: string;
        };
        PinRequest: Record<string, never>;
        Profile: {
            /** @description Only with grants:read. */
            accessControl?: components["schemas"]["ProfileAccess"];
            can: components["schemas"]["ProfileAbilities"];
            /** Format: date-time */
            createdAt: string;
            /** @description E-mail address. */
            createdBy: string | null;
            description: components["schemas"]["LocalText"];
            displayName: components["schemas"]["LocalLabel"];
            enabled: boolean;
            /** @description Path of the MCP endpoint. */
            endpoint: string;
            id: string;
            /** @description Only with services:read. */
            instructions?: string;
            /** @description In their order; only with services:read. */
            items?: components["schemas"]["ProfileItem"][];
            /** @enum {string} */
            mode: "list" | "search";
            slug: string;
            /** @description How many tools it offers: in all to those with services:read, otherwise to the caller. */
            tools: number;
            /** Format: date-time */
            updatedAt: string;
            version: number;
        };
        ProfileAbilities: {
            delete: boolean;
            edit: boolean;
        };
        ProfileAccess: {
            grants: components["schemas"]["ProfileGrant"][];
        };
        ProfileAccessDraft: {
            grants: components["schemas"]["ProfileGrantDraft"][];
        };
        ProfileChange: {
            accessControl?: components["schemas"]["ProfileAccessDraft"];
            description?: components["schemas"]["LocalText"];
            displayName?: components["schemas"]["LocalLabel"];
            /** @description A new profile is switched on unless this says otherwise. */
            enabled?: boolean;
            /** @description Told to clients and models at the start; empty for a text of the product. */
            instructions?: string;
            items?: components["schemas"]["ProfileItemDraft"][];
            /**
             * @default list
             * @enum {string}
             */
            mode?: "list" | "search";
            slug?: string;
            /** @description Of the profile as it was read; somebody else's change in between is answered with 412. */
            version: number;
        };
        ProfileDraft: {
            accessControl?: components["schemas"]["ProfileAccessDraft"];
            description?: components["schemas"]["LocalText"];
            displayName?: components["schemas"]["LocalLabel"];
            /** @description A new profile is switched on unless this says otherwise. */
            enabled?: boolean;
            /** @description Told to clients and models at the start; empty for a text of the product. */
            instructions?: string;
            items?: components["schemas"]["ProfileItemDraft"][];
            /**
             * @default list
             * @enum {string}
             */
            mode?: "list" | "search";
            /** @description Last part of the endpoint `/mcp/p/<slug>`. */
            slug: string;
        };
        ProfileGrant: {
            /** Format: date-time */
            createdAt: string;
            /** @description E-mail address; null for somebody since deleted. */
            createdBy: string | null;
            /** @enum {string} */
            effect: "allow" | "deny";
            id: string;
            subject: components["schemas"]["GrantedSubject"];
        };
        ProfileGrantDraft: {
            /** @enum {string} */
            effect: "allow" | "deny";
            subject: components["schemas"]["GrantSubject"];
        };
        ProfileItem: {
            alias: string | null;
            content: boolean;
            description: string | null;
            except: string[];
            /**
             * @description What no longer exists, or is not known at the moment; null when everything is there.
             * @enum {string|null}
             */
            missing: "service" | "tool" | null;
            serviceId: string;
            /** @description As the service is called, or was called when it was put in. */
            serviceName: string;
            /** @description Null when the service is gone. */
            serviceSlug: string | null;
            /** @description Null for the whole service. */
            tool: string | null;
            /** @description How many tools it adds right now. */
            tools: number;
        };
        ProfileItemDraft: {
            /** @description For one tool: its name in this profile, unique there however it is written. */
            alias?: string;
            /** @description For a whole service: its prompts and resources come along. */
            content?: boolean;
            /** @description For one tool: said of it instead of the service's own words. */
            description?: string;
            /** @description For a whole service: exact names of tools that stay out. */
            except?: string[];
            /** @description Id or slug; the id of a service that is gone may stay. */
            serviceId: string;
            /** @description Exact name of one tool; absent for the whole service. */
            tool?: string;
        };
        ProfileItemTokens: {
            serviceId: string;
            tokens: number;
            /** @description Null for the whole service. */
            tool: string | null;
            /** @description How many tools it adds. */
            tools: number;
        };
        ProfilePage: {
            items: components["schemas"]["Profile"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        ProfileTokens: {
            /** @description In the order of the profile's items. */
            items: components["schemas"]["ProfileItemTokens"][];
            /** @description When every tool is listed. */
            list: number;
            /** @description When tools are searched for. */
            search: number;
        };
        Prompt: {
            arguments: components["schemas"]["PromptArgument"][];
            description?: string;
            name: string;
            title?: string;
        };
        PromptArgument: {
            description?: string;
            name: string;
            required?: boolean;
        };
        PromptMessages: {
            description?: string;
            messages: {
                [key: string]: unknown;
            }[];
        };
        PromptPage: {
            items: components["schemas"]["Prompt"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        PromptRequest: {
            arguments?: {
                [key: string]: string;
            };
        };
        Resource: {
            description?: string;
            mimeType?: string;
            name: string;
            /** @description Bytes, as the service announced. */
            size?: number;
            title?: string;
            uri: string;
        };
        ResourceContents: {
            contents: {
                [key: string]: unknown;
            }[];
        };
        ResourcePage: {
            items: components["schemas"]["Resource"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        ResourceTemplate: {
            description?: string;
            mimeType?: string;
            name: string;
            title?: string;
            uriTemplate: string;
        };
        ResourceTemplatePage: {
            items: components["schemas"]["ResourceTemplate"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        Role: {
            /** @description Built-in roles cannot be changed. */
            builtIn: boolean;
            name: string;
            permissions: ("services:read" | "services:write" | "services:stdio" | "services:test" | "grants:read" | "grants:write" | "limits:read" | "limits:write" | "users:read" | "users:write" | "groups:read" | "groups:write" | "roles:write" | "api-keys:own" | "api-keys:manage" | "audit:read" | "audit:export" | "usage:read" | "settings:read" | "settings:write" | "embed:write" | "tools:use" | "chat:use" | "jobs:manage" | "health:read" | "metrics:read" | "inspector:read" | "inspector:impersonate")[];
            /** @description What people see. */
            title: string;
        };
        RoleDraft: {
            /** @description Lower-case letters, digits and dashes; it cannot be changed later. */
            name: string;
            permissions: ("services:read" | "services:write" | "services:stdio" | "services:test" | "grants:read" | "grants:write" | "limits:read" | "limits:write" | "users:read" | "users:write" | "groups:read" | "groups:write" | "roles:write" | "api-keys:own" | "api-keys:manage" | "audit:read" | "audit:export" | "usage:read" | "settings:read" | "settings:write" | "embed:write" | "tools:use" | "chat:use" | "jobs:manage" | "health:read" | "metrics:read" | "inspector:read" | "inspector:impersonate")[];
            title: string;
        };
        RolePage: {
            items: components["schemas"]["Role"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        RunAs: {
            id: string;
            /** @enum {string} */
            kind: "user" | "group";
        };
        SealedCall: {
            /**
             * Format: date-time
             * @description When it came, ISO 8601.
             */
            at: string;
            /** @description The service was not asked for this call: an equal answer was kept, or on its way for somebody else. */
            cached: boolean;
            chatId: string | null;
            credential: components["schemas"]["CallCredential"];
            /** @enum {string} */
            decision: "allow" | "deny";
            /** @enum {string} */
            door: "rest" | "mcp" | "chat" | "direct" | "test" | "inspector" | "app" | "job" | "batch";
            /** @description Null while it runs. */
            durationMs: number | null;
            errorCode: components["schemas"]["ErrorCode"] | null;
            id: string;
            /** @description Slug of the profile whose endpoint the call came to; null for every other way. */
            profile: string | null;
            request: {
                [key: string]: unknown;
            } | null;
            requestBytes: number;
            response: {
                [key: string]: unknown;
            } | null;
            responseBytes: number;
            /** @description The rule that refused it, in words. */
            rule: string | null;
            /** @description `none`: it was recorded before there was a chain. */
            seal: components["schemas"]["CallSeal"];
            service: components["schemas"]["CallService"];
            /** @enum {string} */
            status: "running" | "success" | "error" | "denied" | "cancelled" | "unknown";
            tool: string;
            user: components["schemas"]["CallUser"];
        };
        ServerInfo: {
            name: string;
            title?: string;
            version: string;
        };
        Service: {
            /** @description Only for those with grants:read. */
            accessControl?: components["schemas"]["AccessControl"];
            /** @description Absent for those without services:read. */
            auth?: components["schemas"]["ServiceAuth"];
            can: components["schemas"]["ServiceActs"];
            capabilities: components["schemas"]["ServiceCapabilities"];
            category: string | null;
            /** @description Absent for those without services:read. */
            config?: components["schemas"]["ServiceConfig"];
            /** Format: date-time */
            createdAt: string;
            /** @description E-mail address; null when a declaration file or somebody since deleted made it. */
            createdBy: string | null;
            description: components["schemas"]["LocalText"];
            displayName: components["schemas"]["LocalText"];
            enabled: boolean;
            health: components["schemas"]["ServiceHealth"];
            id: string;
            /** @description Of the caller; absent where everybody shares the service's own, or the caller may not use it. */
            myCredentials?: components["schemas"]["OwnCredentials"];
            name: string;
            slug: string;
            /** @enum {string} */
            status: "active" | "inactive" | "error";
            tags: string[];
            /** @description Absent for those without services:read, and where the settings hold no certificate. */
            tlsExpiry?: components["schemas"]["TlsExpiry"];
            /** @enum {string} */
            type: "stdio" | "http" | "websocket";
            /** Format: date-time */
            updatedAt: string;
            /** @description Null for stdio, and for those without services:read. */
            url: string | null;
            version: number;
        };
        ServiceActs: {
            call: boolean;
            delete: boolean;
            edit: boolean;
            test: boolean;
        };
        ServiceAuth: {
            credentials: components["schemas"]["ServiceCredential"][];
        };
        ServiceCapabilities: {
            /** @enum {string|null} */
            era: "modern" | "legacy" | null;
            /** Format: date-time */
            fetchedAt: string | null;
            instructions: string | null;
            prompts: number;
            protocolVersion: string | null;
            resources: number;
            resourceTemplates: number;
            serverInfo: components["schemas"]["ServerInfo"] | null;
            tools: number;
            /** @enum {string|null} */
            transport: "stdio" | "streamable-http" | "sse" | "websocket" | null;
        };
        ServiceChange: {
            accessControl?: components["schemas"]["AccessControlDraft"];
            auth?: components["schemas"]["ServiceAuth"];
            category?: string | null;
            config?: components["schemas"]["ServiceConfigDraft"];
            description?: components["schemas"]["LocalText"];
            displayName?: components["schemas"]["LocalLabel"];
            /** @description A new service is switched on unless this says otherwise. */
            enabled?: boolean;
            name?: string;
            /** @description Short name in URLs and in public tool names; made from the name when absent. */
            slug?: string;
            tags?: string[];
            /** @enum {string} */
            type?: "stdio" | "http" | "websocket";
            /** @description For http and websocket; without credentials in it. */
            url?: string | null;
            /** @description Of the service as it was read; somebody else's change in between is answered with 412. */
            version: number;
        };
        ServiceConfig: {
            allowedAddresses?: string[];
            allowedCallers?: string[];
            args?: string[];
            command?: string;
            /** @enum {string} */
            connect: "on-demand" | "at-start";
            cwd?: string;
            env?: {
                [key: string]: string;
            };
            headers?: {
                [key: string]: string;
            };
            /** @description Absent: it is started whatever it runs, where the operator allows that. */
            pin?: components["schemas"]["ServicePin"];
            pool?: components["schemas"]["ServicePool"];
            resourceCache?: components["schemas"]["CachePolicy"];
            /** @enum {string} */
            sharing?: "shared" | "per-user";
            timeoutMs?: number;
            tls?: components["schemas"]["ServiceTls"];
            /** @enum {string} */
            toolChanges?: "follow" | "hold";
            userCredentials?: string[];
        };
        ServiceConfigDraft: {
            /** @description CIDRs and addresses that the service may be connected at, never more than the operator allows. */
            allowedAddresses?: string[];
            /** @description CIDRs and addresses that calls may come from; absent or empty: from everywhere. */
            allowedCallers?: string[];
            args?: string[];
            command?: string;
            /**
             * @default on-demand
             * @enum {string}
             */
            connect?: "on-demand" | "at-start";
            cwd?: string;
            env?: {
                [key: string]: string;
            };
            headers?: {
                [key: string]: string;
            };
            /** @description Of command, args and cwd. Absent: kept as long as these stay as they are. */
            pin?: components["schemas"]["ServicePin"];
            /** @description Absent: 1 to 4 for http, 1 for stdio and websocket. */
            pool?: components["schemas"]["ServicePool"];
            /** @description How long contents of resources are kept and given again; absent: every reading goes to the service. */
            resourceCache?: components["schemas"]["CachePolicy"];
            /**
             * @description `per-user`: everybody uses it with credentials of their own, over a connection of their own.
             * @default shared
             * @enum {string}
             */
            sharing?: "shared" | "per-user";
            /** @description How long one call may take, ms. */
            timeoutMs?: number;
            tls?: components["schemas"]["ServiceTlsDraft"];
            /**
             * @description Whether a tool that says something else than before waits for an administrator; suspicious words do in either case.
             * @default follow
             * @enum {string}
             */
            toolChanges?: "follow" | "hold";
            /** @description With `per-user`: what each person enters, as names of headers, or of variables for stdio. Absent: `Authorization`. */
            userCredentials?: string[];
        };
        ServiceConnections: {
            /**
             * @description `open`: calls are refused for a moment, because several failed.
             * @enum {string}
             */
            breaker: "closed" | "open" | "half-open";
            /** @description Of them, how many are in use. */
            busy: number;
            connections: number;
            /** @description How many calls wait for one. */
            waiting: number;
        };
        ServiceCredential: {
            name: string;
            /** @enum {string} */
            target: "header" | "env" | "tls";
            value: string;
        };
        ServiceDraft: {
            accessControl?: components["schemas"]["AccessControlDraft"];
            auth?: components["schemas"]["ServiceAuth"];
            category?: string | null;
            config?: components["schemas"]["ServiceConfigDraft"];
            description?: components["schemas"]["LocalText"];
            displayName?: components["schemas"]["LocalLabel"];
            /** @description A new service is switched on unless this says otherwise. */
            enabled?: boolean;
            name: string;
            /** @description Short name in URLs and in public tool names; made from the name when absent. */
            slug?: string;
            tags?: string[];
            /** @enum {string} */
            type: "stdio" | "http" | "websocket";
            /** @description For http and websocket; without credentials in it. */
            url?: string | null;
        };
        ServiceHealth: {
            /**
             * Format: date-time
             * @description ISO 8601, when it was last looked at.
             */
            checkedAt: string;
            /**
             * @description Why it is not ready: a code of the error catalogue.
             * @enum {string}
             */
            code?: "bad_request" | "validation_failed" | "not_found" | "host_unknown" | "method_not_allowed" | "conflict" | "cache_refused" | "stale_version" | "payload_too_large" | "unsupported_media_type" | "rate_limited" | "internal" | "memory_short" | "shutting_down" | "auth_required" | "login_failed" | "api_key_invalid" | "embed_token_invalid" | "embed_app_invalid" | "embed_origin_denied" | "embed_user_unknown" | "setup_done" | "setup_token_invalid" | "csrf_refused" | "permission_missing" | "last_owner" | "privilege_escalation" | "role_built_in" | "in_use" | "own_account" | "password_wrong" | "session_required" | "credential_ambiguous" | "access_denied" | "tool_not_found" | "tool_held" | "service_disabled" | "approval_required" | "arguments_invalid" | "tool_schema_unusable" | "tool_result_invalid" | "too_many_calls" | "quota_exhausted" | "call_cancelled" | "request_state_invalid" | "parked_call_lost" | "import_unreadable" | "stdio_not_allowed" | "command_unpinnable" | "upstream_unreachable" | "upstream_command_failed" | "upstream_unauthorised" | "upstream_not_mcp" | "upstream_protocol" | "upstream_timeout" | "upstream_lost" | "upstream_credentials_missing" | "upstream_credentials_refused" | "upstream_unavailable" | "upstream_busy" | "upstream_error" | "command_fetches_packages" | "command_not_pinned" | "command_changed" | "too_many_commands" | "input_unavailable" | "question_unanswered" | "question_refused" | "link_required" | "egress_refused" | "upstream_address_refused" | "output_too_large" | "watch_unsupported" | "watch_limit" | "model_not_configured" | "model_unavailable" | "turn_too_long" | "turn_budget_used" | "conversation_busy" | "apps_off" | "app_unusable" | "audit_unavailable" | "queue_full" | "task_interrupted" | "task_answer_not_kept" | "job_queue_full" | "job_interrupted" | "job_owner_refused" | "job_kind_unknown" | "tool_reported_failure" | "result_not_kept" | "idempotency_in_progress" | "idempotency_key_reused" | "idempotency_unknown";
            /** @description Fills the code's text. */
            details?: {
                [key: string]: string | number;
            };
            /** @description Round trip of the last check. */
            latencyMs?: number;
            /** @description Absent while no connection was ever needed. */
            pool?: components["schemas"]["ServiceConnections"];
            /**
             * Format: date-time
             * @description ISO 8601, when this state began.
             */
            since: string;
            /** @enum {string} */
            state: "ready" | "degraded" | "empty" | "unauthorised" | "connecting" | "stale" | "down" | "disabled" | "unknown";
        };
        ServicePage: {
            items: components["schemas"]["Service"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        ServicePin: {
            /** @enum {string} */
            algorithm: "sha256";
            bytes: number;
            /** @description Hex. */
            digest: string;
            /** @description How many files were read. */
            files: number;
        };
        ServicePool: {
            /** @description At most 16, for stdio 8. */
            max: number;
            /** @description Kept open as long as the service is connected. */
            min: number;
        };
        ServiceTls: {
            ca?: string;
            cert?: string;
        };
        ServiceTlsDraft: {
            /** @description Authorities to believe in place of those that everybody knows. */
            ca?: string;
            /** @description Our certificate, for services that ask for one. */
            cert?: string;
            /** @description Of the certificate; `••••` keeps the stored one. */
            key?: string;
        };
        SetupDraft: {
            /** @description The part of the e-mail address before the @ when absent. */
            displayName?: string;
            /** Format: email */
            email: string;
            password: string;
            /** @description From the link that the server printed at its start. */
            token: string;
        };
        SetupState: {
            /** @description True until the first owner exists. */
            required: boolean;
        };
        TestCall: {
            arguments: {
                [key: string]: unknown;
            };
            /** @description How long to wait, ms. */
            timeoutMs?: number;
            /** @description As the service calls it. */
            tool: string;
        };
        TestCallResult: {
            callId: string;
            durationMs: number;
            messages: components["schemas"]["Frame"][];
            /** @description MCP's CallToolResult, as the service sent it. */
            result: {
                [key: string]: unknown;
            };
            timing: components["schemas"]["TestTiming"];
        };
        TestCounts: {
            prompts: number;
            resources: number;
            resourceTemplates: number;
            tools: number;
        };
        TestedServer: {
            name: string;
            title?: string;
            version: string;
        };
        TestReport: {
            counts: components["schemas"]["TestCounts"];
            /** @enum {string|null} */
            era: "modern" | "legacy" | null;
            /** @description The last raw messages, oldest first. */
            messages: components["schemas"]["Frame"][];
            ok: boolean;
            protocolVersion: string | null;
            serverInfo: components["schemas"]["TestedServer"] | null;
            /** @description The end of what a local command wrote to standard error. */
            stderr?: string;
            steps: components["schemas"]["TestStep"][];
            /** @enum {string|null} */
            transport: "stdio" | "streamable-http" | "sse" | "websocket" | null;
        };
        TestStep: {
            /** @description Technical and the same in every language: an address, a version, a number. */
            detail: string;
            durationMs: number;
            error?: components["schemas"]["TestStepError"];
            /** @enum {string} */
            status: "ok" | "failed" | "skipped";
            /** @enum {string} */
            step: "resolve" | "connect" | "negotiate" | "tools" | "resources" | "prompts";
        };
        TestStepError: {
            /** @enum {string} */
            code: "bad_request" | "validation_failed" | "not_found" | "host_unknown" | "method_not_allowed" | "conflict" | "cache_refused" | "stale_version" | "payload_too_large" | "unsupported_media_type" | "rate_limited" | "internal" | "memory_short" | "shutting_down" | "auth_required" | "login_failed" | "api_key_invalid" | "embed_token_invalid" | "embed_app_invalid" | "embed_origin_denied" | "embed_user_unknown" | "setup_done" | "setup_token_invalid" | "csrf_refused" | "permission_missing" | "last_owner" | "privilege_escalation" | "role_built_in" | "in_use" | "own_account" | "password_wrong" | "session_required" | "credential_ambiguous" | "access_denied" | "tool_not_found" | "tool_held" | "service_disabled" | "approval_required" | "arguments_invalid" | "tool_schema_unusable" | "tool_result_invalid" | "too_many_calls" | "quota_exhausted" | "call_cancelled" | "request_state_invalid" | "parked_call_lost" | "import_unreadable" | "stdio_not_allowed" | "command_unpinnable" | "upstream_unreachable" | "upstream_command_failed" | "upstream_unauthorised" | "upstream_not_mcp" | "upstream_protocol" | "upstream_timeout" | "upstream_lost" | "upstream_credentials_missing" | "upstream_credentials_refused" | "upstream_unavailable" | "upstream_busy" | "upstream_error" | "command_fetches_packages" | "command_not_pinned" | "command_changed" | "too_many_commands" | "input_unavailable" | "question_unanswered" | "question_refused" | "link_required" | "egress_refused" | "upstream_address_refused" | "output_too_large" | "watch_unsupported" | "watch_limit" | "model_not_configured" | "model_unavailable" | "turn_too_long" | "turn_budget_used" | "conversation_busy" | "apps_off" | "app_unusable" | "audit_unavailable" | "queue_full" | "task_interrupted" | "task_answer_not_kept" | "job_queue_full" | "job_interrupted" | "job_owner_refused" | "job_kind_unknown" | "tool_reported_failure" | "result_not_kept" | "idempotency_in_progress" | "idempotency_key_reused" | "idempotency_unknown";
            message: string;
            remedy: string;
        };
        TestTiming: {
            upstreamMs: number;
            /** @description Deciding, waiting in line and checking the arguments. */
            validateMs: number;
        };
        TextChange: {
            /** @description Null: there is none any more. */
            after: string | null;
            /** @description Null: there was none, or it is not known. */
            before: string | null;
            marks: components["schemas"]["TextMark"][];
            /** @description Where it stands, keys joined by dots. */
            path: string;
        };
        TextMark: {
            /** @description Exclusive. */
            end: number;
            /** @enum {string} */
            kind: "order" | "other-tool" | "markup" | "padding";
            /** @description In UTF-16 units of `after`. */
            start: number;
        };
        TlsExpiry: {
            /**
             * Format: date-time
             * @description Of the authorities, the first.
             */
            ca?: string;
            /** Format: date-time */
            cert?: string;
        };
        Tool: {
            /** @description Hints of the service about itself; no policy rests on them. */
            annotations?: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            approval: "never" | "user" | "always" | "four-eyes";
            /** @description How its answers are kept; null: not at all. */
            cache: components["schemas"]["CachePolicy"] | null;
            can: components["schemas"]["ToolAbilities"];
            /** @enum {string} */
            class: "read" | "write" | "destructive" | "unknown";
            description: string | null;
            /** @description Characters that nobody sees, taken out of title, description and schemas. More than none is a reason to look at it. */
            hiddenCharacters: number;
            icons?: {
                [key: string]: unknown;
            }[];
            /** @description Doing it twice does no harm: a job that was interrupted may begin again. */
            idempotent: boolean;
            /** @description JSON Schema of the arguments. */
            inputSchema: {
                [key: string]: unknown;
            };
            /** @description As the service calls it. */
            name: string;
            /** @description JSON Schema of the structured content. */
            outputSchema?: {
                [key: string]: unknown;
            };
            /** @description As MCP clients and models see it: prefixed, unique among all services, at most 64 characters. */
            publicName: string;
            /** @description Only for those who administer services. */
            review?: components["schemas"]["ToolReview"];
            title: string | null;
        };
        ToolAbilities: {
            call: boolean;
        };
        ToolPage: {
            items: components["schemas"]["Tool"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
        ToolPolicy: {
            /** @enum {string} */
            approval?: "never" | "user" | "always" | "four-eyes";
            /** @description Null: every call goes to the service, as at first. Not for destructive tools. */
            cache?: components["schemas"]["CachePolicy"] | null;
            /** @enum {string} */
            class?: "read" | "write" | "destructive" | "unknown";
            /** @description Doing it twice does no harm: a job that was interrupted may begin again. */
            idempotent?: boolean;
        };
        ToolReview: {
            /** @description Who accepted it; null: nobody had to. */
            by: string | null;
            /** @description Against what was accepted before; empty once somebody has accepted it. */
            changes: components["schemas"]["TextChange"][];
            /** @description Of what the service says now; a decision names it. */
            hash: string;
            /**
             * @description Null: it is not held.
             * @enum {string|null}
             */
            reason: "suspicious" | "changed" | "new" | "by-hand" | null;
            /**
             * Format: date-time
             * @description Since when it is held or accepted.
             */
            since: string;
            /** @enum {string} */
            state: "accepted" | "held";
        };
        ToolReviewDecision: {
            /** @enum {string} */
            decision: "accept" | "hold";
            /** @description Of what was looked at; when the service says something else by now, the decision is refused. */
            hash: string;
        };
        ToolServiceName: {
            en?: string;
            zh?: string;
        };
        TopTool: {
            calls: number;
            service: string;
            tool: string;
        };
        TrafficClient: {
            name: string;
            version: string;
        };
        TrafficCredential: {
            id: string;
            kind: components["schemas"]["CredentialKind"];
            name: string;
        };
        TrafficFrame: {
            /** Format: date-time */
            at: string;
            /**
             * @description As Gatehouse sees it.
             * @enum {string}
             */
            direction: "in" | "out";
            /** @description Of an answer: since its request passed, ms. */
            durationMs?: number;
            /**
             * @description Between which two: client and Gatehouse, or Gatehouse and a service.
             * @enum {string}
             */
            hop: "client" | "service";
            /** @description Null when it was too large to be kept. */
            message: {
                [key: string]: unknown;
            } | null;
            /** @description Counts up; a hole means that older ones were dropped. */
            n: number;
            /** @description Characters of the message as JSON. */
            size: number;
        };
        TrafficPerson: {
            email: string;
            id: string;
            name: string;
        };
        TrafficSourceView: {
            client: components["schemas"]["TrafficClient"] | null;
            credential: components["schemas"]["TrafficCredential"];
            /** @description Path of the endpoint. */
            endpoint: string;
            /** @enum {string} */
            era: "modern" | "legacy";
            id: string;
            /** @description Somebody is looking at its messages. */
            isTapped: boolean;
            /** Format: date-time */
            lastUsedAt: string;
            person: components["schemas"]["TrafficPerson"];
            requests: number;
            /** Format: date-time */
            since: string;
        };
        TrailActor: {
            email: string;
            id: string;
        };
        TrailTarget: {
            id: string;
            kind: string;
            name: string;
        };
        UsageReport: {
            /** Format: date-time */
            from: string;
            items: components["schemas"]["UsageRow"][];
            /** Format: date-time */
            to: string;
            total: components["schemas"]["UsageRow"];
        };
        UsageRow: {
            /** @description Mean duration of finished calls that were not refused, ms. */
            avgMs: number;
            /** @description All that reached us, refusals included. */
            calls: number;
            denied: number;
            errors: number;
            /** @description Id of the service or user, `<serviceId>/<tool>`, or the day as YYYY-MM-DD. */
            key: string;
            label: string;
            /** @description 95th percentile of the same, ms, to within a tenth. */
            p95Ms: number;
        };
        User: {
            can: components["schemas"]["UserActs"];
            /** Format: date-time */
            createdAt: string;
            displayName: string;
            /** Format: email */
            email: string;
            enabled: boolean;
            groups: components["schemas"]["GroupRef"][];
            id: string;
            /**
             * @description Preferred language; null follows the browser.
             * @enum {string|null}
             */
            language: "zh" | "en" | null;
            /**
             * Format: date-time
             * @description Up to a minute behind.
             */
            lastSeenAt: string | null;
            /** @description Names of roles. */
            roles: string[];
            /** @enum {string} */
            source: "local" | "embed" | "config";
            /** @description Send it back with a change. */
            version: number;
        };
        UserActs: {
            delete: boolean;
            edit: boolean;
        };
        UserChange: {
            displayName?: string;
            /** Format: email */
            email?: string;
            /** @description False ends the sessions of the user and stops the user's keys. */
            enabled?: boolean;
            /** @enum {string} */
            language?: "zh" | "en";
            /** @description Sets a new password and ends the sessions of the user. */
            password?: string;
            /** @description Replaces all roles; ends the sessions of the user. */
            roles?: string[];
            /** @description The version that was read; an older one is refused with 412. */
            version: number;
        };
        UserDraft: {
            displayName: string;
            /** Format: email */
            email: string;
            groupIds?: string[];
            /** @enum {string} */
            language?: "zh" | "en";
            /** @description 12 to 256 characters; without one, the user cannot sign in with a password. */
            password?: string;
            /** @description Names of roles; `member` when absent. */
            roles?: string[];
        };
        UserPage: {
            items: components["schemas"]["User"][];
            /** @description Pass it back as `cursor` for the next page; null at the end. */
            nextCursor: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listCalls: {
        parameters: {
            query?: {
                chatId?: string;
                door?: "rest" | "mcp" | "chat" | "direct" | "test" | "inspector" | "app" | "job" | "batch";
                /** @description Not before this moment, ISO 8601. */
                from?: string;
                /** @description Part of a tool's, service's or person's name. */
                q?: string;
                serviceId?: string;
                status?: "running" | "success" | "error" | "denied" | "cancelled" | "unknown";
                /** @description Before this moment, ISO 8601. */
                to?: string;
                /** @description Exact name of a tool. */
                tool?: string;
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallPage"];
                };
            };
        };
    };
    getCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SealedCall"];
                };
            };
        };
    };
    exportCalls: {
        parameters: {
            query: {
                chatId?: string;
                door?: "rest" | "mcp" | "chat" | "direct" | "test" | "inspector" | "app" | "job" | "batch";
                /** @description `jsonl`: a JSON object a line. */
                format: "csv" | "jsonl";
                /** @description Not before this moment, ISO 8601. */
                from?: string;
                /** @description Part of a tool's, service's or person's name. */
                q?: string;
                serviceId?: string;
                status?: "running" | "success" | "error" | "denied" | "cancelled" | "unknown";
                /** @description Before this moment, ISO 8601. */
                to?: string;
                /** @description Exact name of a tool. */
                tool?: string;
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": string;
                    "text/csv": string;
                };
            };
        };
    };
    listAdminEvents: {
        parameters: {
            query?: {
                /** @description For example `service.update`; `service.*` matches an area. */
                action?: string;
                actorId?: string;
                /** @description Not before this moment, ISO 8601. */
                from?: string;
                /** @description Part of the target's or actor's name. */
                q?: string;
                targetKind?: string;
                /** @description Before this moment, ISO 8601. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminEventPage"];
                };
            };
        };
    };
    verifyAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerdict"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** @description Whose keys; anybody else's need the permission `api-keys:manage`. */
                userId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyPage"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyDraft"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyCreated"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Login"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    changeMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MeChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listConversations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationPage"];
                };
            };
        };
    };
    createConversation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConversationDraft"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
        };
    };
    getConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
        };
    };
    deleteConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeConversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConversationChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
        };
    };
    getAppPage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                service_id: string;
                tool_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppPage"];
                };
            };
        };
    };
    callToolForApp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                service_id: string;
                tool_name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppCall"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppCallResult"];
                };
            };
        };
    };
    readResourceForApp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                service_id: string;
                tool_name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppRead"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppReadResult"];
                };
            };
        };
    };
    listChatMessages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatMessagePage"];
                };
            };
        };
    };
    sendChatMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatTurn"];
            };
        };
        responses: {
            /** @description The AI SDK's UI message stream as server-sent events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
        };
    };
    stopChatAnswer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listEmbedApps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmbedAppPage"];
                };
            };
        };
    };
    createEmbedApp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmbedAppDraft"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmbedAppCreated"];
                };
            };
        };
    };
    changeEmbedApp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmbedAppChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmbedApp"];
                };
            };
        };
    };
    deleteEmbedApp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    rotateEmbedSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmbedAppCreated"];
                };
            };
        };
    };
    openEmbedSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmbedSessionDraft"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmbedSession"];
                };
            };
        };
    };
    followEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An endless stream of server-sent events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
        };
    };
    listGroups: {
        parameters: {
            query?: {
                /** @description Part of a name. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupPage"];
                };
            };
        };
    };
    createGroup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupDraft"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
        };
    };
    readGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
        };
    };
    changeGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Group"];
                };
            };
        };
    };
    deleteGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listMembers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberPage"];
                };
            };
        };
    };
    addMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MemberDraft"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    runInspectorRequest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InspectorRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InspectorAnswer"];
                };
            };
        };
    };
    listTrafficSources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrafficSourceView"][];
                };
            };
        };
    };
    followTrafficFrames: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An endless stream of server-sent events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
        };
    };
    listJobs: {
        parameters: {
            query?: {
                /** @description Those of everybody, for whoever manages jobs; otherwise one's own. */
                everybody?: boolean;
                status?: "queued" | "running" | "succeeded" | "failed" | "cancelled" | "unknown";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDetail"];
                };
            };
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDetail"];
                };
            };
        };
    };
    followJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events of the type `job`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
        };
    };
    listLlmModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LlmModelList"];
                };
            };
        };
    };
    listLlmProviders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LlmProviderPage"];
                };
            };
        };
    };
    createLlmProvider: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LlmProviderDraft"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LlmProvider"];
                };
            };
        };
    };
    changeLlmProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LlmProviderChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LlmProvider"];
                };
            };
        };
    };
    deleteLlmProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    testLlmProvider: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LlmTestResult"];
                };
            };
        };
    };
    explainAccess: {
        parameters: {
            query: {
                /** @description Where the person would call from; absent: from somewhere that is allowed. */
                address?: string;
                /** @description Id or slug. */
                service: string;
                /** @description Exact name of a tool; absent: the service as a whole. */
                tool?: string;
                /** @description Id or e-mail address. */
                user: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
        };
    };
    listGrants: {
        parameters: {
            query?: {
                /** @description Id or slug. */
                serviceId?: string;
                subjectId?: string;
                subjectKind?: "everyone" | "group" | "user";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantPage"];
                };
            };
        };
    };
    createGrant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GrantDraft"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grant"];
                };
            };
        };
    };
    deleteGrant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listLimits: {
        parameters: {
            query?: {
                kind?: "everyone" | "group" | "user" | "key" | "service" | "tool";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LimitPage"];
                };
            };
        };
    };
    createLimit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LimitDraft"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limit"];
                };
            };
        };
    };
    changeLimit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LimitChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Limit"];
                };
            };
        };
    };
    deleteLimit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getLimitDefaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LimitDefaults"];
                };
            };
        };
    };
    explainLimits: {
        parameters: {
            query: {
                /** @description Id of the API key by which they come. */
                key?: string;
                /** @description Id or slug. */
                service: string;
                /** @description Exact name; absent for resources and prompts. */
                tool?: string;
                /** @description Id or e-mail address. */
                user: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EffectiveLimits"];
                };
            };
        };
    };
    getOwnLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnLimits"];
                };
            };
        };
    };
    listProfiles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfilePage"];
                };
            };
        };
    };
    createProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileDraft"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
        };
    };
    getProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
        };
    };
    changeProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
        };
    };
    deleteProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    explainProfileAccess: {
        parameters: {
            query: {
                /** @description Where the person would call from; absent: from somewhere that is allowed. */
                address?: string;
                /** @description Id or slug. */
                service: string;
                /** @description Exact name of a tool; absent: the service as a whole. */
                tool?: string;
                /** @description Id or e-mail address. */
                user: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
        };
    };
    measureProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfileTokens"];
                };
            };
        };
    };
    listServices: {
        parameters: {
            query?: {
                category?: string;
                /** @description Found in name, slug, display name, description, category or tags; case does not matter. */
                q?: string;
                /** @description State of health. */
                state?: "ready" | "degraded" | "empty" | "unauthorised" | "connecting" | "stale" | "down" | "disabled" | "unknown";
                tag?: string;
                type?: "stdio" | "http" | "websocket";
                /** @description True: only what the caller may use, whatever else they may see. */
                usable?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServicePage"];
                };
            };
        };
    };
    createService: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServiceDraft"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
        };
    };
    getService: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
        };
    };
    changeService: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServiceChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
        };
    };
    deleteService: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    clearServiceCache: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    switchService: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnabledChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
        };
    };
    putMyCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnCredentialsDraft"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteMyCredentials: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    pinService: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PinRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServicePin"];
                };
            };
        };
    };
    unpinService: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listPrompts: {
        parameters: {
            query?: {
                /** @description Items per page, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptPage"];
                };
            };
        };
    };
    getPrompt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PromptRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptMessages"];
                };
            };
        };
    };
    reconnectService: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Service"];
                };
            };
        };
    };
    listResourceTemplates: {
        parameters: {
            query?: {
                /** @description Items per page, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceTemplatePage"];
                };
            };
        };
    };
    listResources: {
        parameters: {
            query?: {
                /** @description Items per page, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourcePage"];
                };
            };
        };
    };
    readResource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                /** @description Percent-encoded once. */
                uri: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceContents"];
                };
            };
        };
    };
    testService: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestReport"];
                };
            };
        };
    };
    testCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestCall"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestCallResult"];
                };
            };
        };
    };
    listServiceTools: {
        parameters: {
            query?: {
                /** @description Items per page, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToolPage"];
                };
            };
        };
    };
    callTool: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own, 1 to 128 characters: whatever is sent twice with it is done once, for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer with a job at once instead of waiting. */
                Prefer?: string;
            };
            path: {
                id: string;
                tool_name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallRequestBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallResult"];
                };
            };
            /** @description With `Prefer: respond-async`: the job, also at `Location`. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
        };
    };
    setToolPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                tool_name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ToolPolicy"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tool"];
                };
            };
        };
    };
    reviewTool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                tool_name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ToolReviewDecision"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tool"];
                };
            };
        };
    };
    importServices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
        };
    };
    previewImport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportText"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPreview"];
                };
            };
        };
    };
    testDraft: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftTest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestReport"];
                };
            };
        };
    };
    listTools: {
        parameters: {
            query?: {
                /** @description Matches name, title, description and service, whatever the case. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CallableToolPage"];
                };
            };
        };
    };
    callToolsInBatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description A text of your own, 1 to 128 characters: whatever is sent twice with it is done once, for 24 hours. */
                "Idempotency-Key"?: string;
                /** @description `respond-async`: answer with a job at once instead of waiting. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResult"];
                };
            };
            /** @description With `Prefer: respond-async`: the job, also at `Location`. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
        };
    };
    getOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
        };
    };
    listRoles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RolePage"];
                };
            };
        };
    };
    createRole: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleDraft"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
        };
    };
    changeRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleDraft"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Role"];
                };
            };
        };
    };
    deleteRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SetupState"];
                };
            };
        };
    };
    completeSetup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetupDraft"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
        };
    };
    getUsage: {
        parameters: {
            query?: {
                by?: "service" | "tool" | "user" | "day";
                /** @description Not before this moment, ISO 8601; thirty days ago when absent. */
                from?: string;
                /** @description Before this moment, ISO 8601; now when absent. */
                to?: string;
                /** @description Minutes to add to UTC for the reader's days, −840 to 840. */
                utcOffsetMinutes?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageReport"];
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description Part of an e-mail address or a name. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserDraft"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    readUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    changeUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    isAlive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthAnswer"];
                };
            };
        };
    };
    isReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthAnswer"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthAnswer"];
                };
            };
        };
    };
    isStarted: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthAnswer"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthAnswer"];
                };
            };
        };
    };
}
