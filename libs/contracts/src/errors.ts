/**
 * Every error code of the product with its HTTP status and its texts in both languages.
 *
 * `message` is one plain sentence; `remedy` is what the reader can do next. `{name}` is filled from the error's details.
 * A code is a public name: it may gain a better text, never another meaning. docs/errors.md is checked against this table.
 */
export interface ErrorText {
  message: string;
  remedy: string;
}

export interface ErrorEntry {
  status: number;
  /** Who is at fault: decides log level, alerting and whether a retry can help. */
  family: 'caller' | 'upstream' | 'ours';
  en: ErrorText;
  zh: ErrorText;
}

const entry = (
  status: number,
  family: ErrorEntry['family'],
  en: [message: string, remedy: string],
  zh: [message: string, remedy: string],
): ErrorEntry => ({
  status,
  family,
  en: { message: en[0], remedy: en[1] },
  zh: { message: zh[0], remedy: zh[1] },
});

export const ERRORS = {
  // Requests
  bad_request: entry(
    400,
    'caller',
    ['The request could not be understood.', 'Check the request against /api/docs.'],
    ['无法理解该请求。', '请对照 /api/docs 检查请求内容。'],
  ),
  validation_failed: entry(
    400,
    'caller',
    ['Some fields are not valid.', 'Correct the fields listed below and send it again.'],
    ['部分字段无效。', '请更正下列字段后重新提交。'],
  ),
  not_found: entry(
    404,
    'caller',
    ['There is nothing here that you may see.', 'Check the address, or ask an administrator for access.'],
    ['此处没有您可以查看的内容。', '请检查地址，或向管理员申请访问权限。'],
  ),
  host_unknown: entry(
    421,
    'caller',
    [
      'This server does not answer under the host name of the request.',
      'Use its own address; the operator sets it as GATEHOUSE_PUBLIC_URL, and a proxy must pass the Host header on.',
    ],
    [
      '该服务器不使用请求中的主机名对外服务。',
      '请使用其自身地址；该地址由运维人员通过 GATEHOUSE_PUBLIC_URL 设置，代理须原样转发 Host 请求头。',
    ],
  ),
  method_not_allowed: entry(
    405,
    'caller',
    ['This address does not take that method.', 'See /api/docs for what it takes.'],
    ['该地址不支持此请求方法。', '请在 /api/docs 查看支持的方法。'],
  ),
  conflict: entry(
    409,
    'caller',
    ['{what} exists already.', 'Choose another name.'],
    ['{what} 已存在。', '请换一个名称。'],
  ),
  cache_refused: entry(
    409,
    'caller',
    [
      'Answers of {tool} cannot be kept, because it is classed as destructive.',
      'Leave its cache off, or give it another class first.',
    ],
    ['{tool} 属于破坏性工具，其结果不能缓存。', '请不要为其开启缓存，或先更改其类别。'],
  ),
  stale_version: entry(
    412,
    'caller',
    ['Somebody else changed this in the meantime.', 'Load it again, then repeat your change.'],
    ['在此期间其他人修改了该内容。', '请重新加载后再次修改。'],
  ),
  payload_too_large: entry(
    413,
    'caller',
    ['The request is larger than {limit} allowed here.', 'Send less at once.'],
    ['请求超过了此处允许的 {limit}。', '请减少单次发送的内容。'],
  ),
  unsupported_media_type: entry(
    415,
    'caller',
    ['Only application/json is accepted here.', 'Send JSON with Content-Type: application/json.'],
    ['此处仅接受 application/json。', '请以 Content-Type: application/json 发送 JSON。'],
  ),
  rate_limited: entry(
    429,
    'caller',
    ['Too many requests in a short time.', 'Try again in {seconds} seconds.'],
    ['短时间内请求过多。', '请在 {seconds} 秒后重试。'],
  ),
  internal: entry(
    500,
    'ours',
    ['Something went wrong on our side.', 'Try again; if it persists, give the request id to your administrator.'],
    ['系统内部出现错误。', '请重试；若仍出现，请将请求编号提供给管理员。'],
  ),
  memory_short: entry(
    503,
    'ours',
    [
      'The server is short of memory and begins nothing new.',
      'Try again in {seconds} seconds; if it persists, your administrator should give it more memory or less to do.',
    ],
    ['服务器内存不足，暂不开始新的工作。', '请在 {seconds} 秒后重试；若仍出现，请管理员增加内存或减少负载。'],
  ),
  shutting_down: entry(
    503,
    'ours',
    ['The server is restarting.', 'Try again in a few seconds.'],
    ['服务器正在重启。', '请几秒后重试。'],
  ),

  // Identity
  auth_required: entry(
    401,
    'caller',
    ['You are not signed in.', 'Sign in, or send a valid API key as a bearer token.'],
    ['您尚未登录。', '请登录，或以 Bearer 令牌形式发送有效的 API 密钥。'],
  ),
  login_failed: entry(
    401,
    'caller',
    ['E-mail or password is wrong.', 'Check both and try again; an administrator can set a new password.'],
    ['邮箱或密码错误。', '请检查后重试；管理员可为您重设密码。'],
  ),
  api_key_invalid: entry(
    401,
    'caller',
    ['This API key is unknown, revoked or expired.', 'Create a new key on the page "API keys".'],
    ['该 API 密钥未知、已撤销或已过期。', '请在“API 密钥”页面创建新密钥。'],
  ),
  embed_token_invalid: entry(
    401,
    'caller',
    ['The chat session has ended.', 'Reload the page; its owner must ask for a new embed token.'],
    ['聊天会话已结束。', '请刷新页面；页面需要重新获取嵌入令牌。'],
  ),
  embed_app_invalid: entry(
    401,
    'caller',
    [
      'The embed app or its secret is not valid.',
      'Use the secret shown when the app was created, or rotate it in Settings.',
    ],
    ['嵌入应用或其密钥无效。', '请使用创建应用时显示的密钥，或在设置中轮换密钥。'],
  ),
  embed_origin_denied: entry(
    403,
    'caller',
    ['The page {origin} may not use this embed app.', 'Add its origin to the app in Settings → Embedding.'],
    ['页面 {origin} 无权使用此嵌入应用。', '请在“设置 → 嵌入”中将其来源加入该应用。'],
  ),
  embed_user_unknown: entry(
    403,
    'caller',
    ['Nobody with this e-mail address is known here.', 'Create the user first, or let the app create users.'],
    ['系统中没有使用该邮箱的用户。', '请先创建用户，或允许该应用自动创建用户。'],
  ),
  setup_done: entry(
    410,
    'caller',
    ['This installation is set up already.', 'Sign in with your account.'],
    ['系统已完成初始化。', '请使用您的账号登录。'],
  ),
  setup_token_invalid: entry(
    403,
    'caller',
    ['The set-up link is not valid any more.', 'Use the link printed at the last start of the server.'],
    ['初始化链接已失效。', '请使用服务器最近一次启动时打印的链接。'],
  ),
  csrf_refused: entry(
    403,
    'caller',
    ['This request came from another site.', 'Use the console itself, or an API key.'],
    ['该请求来自其他站点。', '请直接使用控制台，或使用 API 密钥。'],
  ),
  permission_missing: entry(
    403,
    'caller',
    ['You lack the permission {permission}.', 'Ask an administrator for a role that contains it.'],
    ['您缺少权限 {permission}。', '请向管理员申请包含该权限的角色。'],
  ),
  last_owner: entry(
    409,
    'caller',
    ['This is the last owner.', 'Make somebody else an owner first.'],
    ['这是最后一位所有者。', '请先将其他人设为所有者。'],
  ),
  privilege_escalation: entry(
    403,
    'caller',
    ['You cannot give rights that you do not have.', 'Ask an owner to do this.'],
    ['您不能授予自己没有的权限。', '请由所有者执行此操作。'],
  ),
  role_built_in: entry(
    409,
    'caller',
    ['The role {role} is built in.', 'Create a role of your own with the permissions you want.'],
    ['角色 {role} 是内置角色，不能修改。', '请自行创建包含所需权限的角色。'],
  ),
  in_use: entry(
    409,
    'caller',
    ['{what} is still used by {count} people.', 'Take it away from them first.'],
    ['{what} 仍被 {count} 人使用。', '请先从这些用户处移除。'],
  ),
  own_account: entry(
    409,
    'caller',
    ['You cannot do this to your own account.', 'Ask another administrator.'],
    ['不能对自己的账号执行此操作。', '请由其他管理员执行。'],
  ),
  password_wrong: entry(
    403,
    'caller',
    ['The current password is wrong.', 'Try again; an administrator can set a new password.'],
    ['当前密码不正确。', '请重试；管理员可为您重设密码。'],
  ),
  session_required: entry(
    403,
    'caller',
    ['Only a person who signed in with a password can do this.', 'Sign in to the console and do it there.'],
    ['只有使用密码登录的用户才能执行此操作。', '请登录控制台后操作。'],
  ),
  credential_ambiguous: entry(
    400,
    'caller',
    ['The credential came twice, or in the address.', 'Send it once, in the Authorization header.'],
    ['凭据重复出现，或出现在地址中。', '请仅在 Authorization 请求头中发送一次。'],
  ),

  // Access to services
  access_denied: entry(
    403,
    'caller',
    ['A rule forbids you {object}.', 'Ask the owner of the service to change the rule: {rule}.'],
    ['有规则禁止您使用 {object}。', '请联系服务负责人修改规则：{rule}。'],
  ),
  tool_not_found: entry(
    404,
    'caller',
    ['There is no tool {tool} that you may use.', 'Look at the list of tools, or ask an administrator for access.'],
    ['没有您可以使用的工具 {tool}。', '请查看工具列表，或向管理员申请访问权限。'],
  ),
  tool_held: entry(
    409,
    'caller',
    [
      'The tool {tool} is held for review, and nobody may call it.',
      "Look at what it says on the service's page under Tools, and accept it if it is right.",
    ],
    ['工具 {tool} 正在等待审核，任何人都不能调用。', '请在服务页面的“工具”中查看其说明，确认无误后接受。'],
  ),
  service_disabled: entry(
    409,
    'caller',
    ['The service {service} is switched off.', 'An administrator can switch it on under Services.'],
    ['服务 {service} 已停用。', '管理员可在“服务”页面启用。'],
  ),
  approval_required: entry(
    403,
    'caller',
    [
      'The tool {tool} needs a person to approve this call.',
      'Confirm the call where you were asked, or ask an approver.',
    ],
    ['调用工具 {tool} 需要人工批准。', '请在提示处确认，或联系审批人。'],
  ),
  arguments_invalid: entry(
    400,
    'caller',
    ['The arguments do not fit the tool.', 'Correct the fields listed below; nothing was sent to the service.'],
    ['参数不符合该工具的要求。', '请更正下列字段；尚未向服务发送任何内容。'],
  ),
  tool_schema_unusable: entry(
    502,
    'upstream',
    [
      'The tool {tool} cannot be called, because one of its schemas cannot be used for checking: {cause}.',
      'Tell the developer of the service; nothing was sent to it.',
    ],
    [
      '无法调用工具 {tool}，因为其某个模式（schema）无法用于校验：{cause}。',
      '请联系该服务的开发者；尚未向服务发送任何内容。',
    ],
  ),
  tool_result_invalid: entry(
    502,
    'upstream',
    [
      'The tool {tool} answered, but its result failed the check against its own output schema: {cause}.',
      'Check its effect before you repeat the call, and tell the developer of the service.',
    ],
    [
      '工具 {tool} 已返回结果，但未通过其自身输出模式的校验：{cause}。',
      '重复调用前请先确认其效果，并联系该服务的开发者。',
    ],
  ),
  too_many_calls: entry(
    429,
    'caller',
    ['Too many calls at once.', 'Try again in {seconds} seconds.'],
    ['同时进行的调用过多。', '请在 {seconds} 秒后重试。'],
  ),
  quota_exhausted: entry(
    429,
    'caller',
    [
      'The {quota} calls that are allowed in a day are used up.',
      'Call again after {renews}; an administrator can raise the quota under Limits.',
    ],
    ['每日 {quota} 次的调用配额已用完。', '请在 {renews} 之后再调用；管理员可在“限额”页面提高配额。'],
  ),
  call_cancelled: entry(
    499,
    'caller',
    ['The call was cancelled.', 'Call it again if you still want the result.'],
    ['调用已取消。', '如仍需结果，请再次调用。'],
  ),
  request_state_invalid: entry(
    400,
    'caller',
    [
      'This requestState is not valid for this request, or not any more.',
      'Send the request again without requestState and inputResponses.',
    ],
    ['该 requestState 不适用于此请求，或已失效。', '请去掉 requestState 和 inputResponses 后重新发送请求。'],
  ),
  parked_call_lost: entry(
    410,
    'caller',
    [
      'The call that waited for this answer is gone. It had begun: the service may have done part of its work.',
      'Check at the service whether anything was done before you call again.',
    ],
    [
      '等待此回答的调用已不存在。该调用已经开始执行，服务可能已完成部分操作。',
      '再次调用前，请先在该服务中确认是否已产生影响。',
    ],
  ),
  import_unreadable: entry(
    400,
    'caller',
    ['Nothing in this text looks like an MCP service.', 'Paste mcpServers JSON, a URL, or a command such as npx.'],
    ['文本中没有可识别的 MCP 服务。', '请粘贴 mcpServers JSON、URL 或 npx 等命令。'],
  ),
  stdio_not_allowed: entry(
    403,
    'caller',
    [
      'Local commands are switched off on this installation.',
      'Use an HTTP service, or ask the operator to allow stdio services.',
    ],
    ['此系统未启用本地命令服务。', '请使用 HTTP 服务，或请运维人员启用 stdio 服务。'],
  ),
  command_unpinnable: entry(
    422,
    'caller',
    [
      'What the service {service} runs cannot be pinned: {cause}.',
      'Keep the program in a folder of its own that holds nothing else and that Gatehouse may read, then pin it.',
    ],
    [
      '无法固定服务 {service} 所运行的程序：{cause}。',
      '请将该程序单独放在一个不含其他内容、且 Gatehouse 可以读取的文件夹中，然后再固定。',
    ],
  ),

  // The service behind us
  upstream_unreachable: entry(
    502,
    'upstream',
    [
      'The service {service} cannot be reached: {cause}.',
      'Check that it runs and that its address is right, then test it again.',
    ],
    ['无法连接服务 {service}：{cause}。', '请确认服务正在运行且地址正确，然后重新测试。'],
  ),
  upstream_command_failed: entry(
    502,
    'upstream',
    [
      'The command of {service} did not start: {cause}.',
      'Check command, arguments and environment; its last output is in the details.',
    ],
    ['服务 {service} 的命令未能启动：{cause}。', '请检查命令、参数和环境变量；其最后输出见详情。'],
  ),
  upstream_unauthorised: entry(
    502,
    'upstream',
    ['The service {service} refused our credentials.', 'Enter a valid credential in the settings of the service.'],
    ['服务 {service} 拒绝了我们的凭据。', '请在该服务的设置中填写有效凭据。'],
  ),
  upstream_not_mcp: entry(
    502,
    'upstream',
    ['What answers at {service} does not speak MCP: {cause}.', 'Check the URL; it often ends in /mcp or /sse.'],
    ['{service} 处的应答不是 MCP：{cause}。', '请检查 URL，通常以 /mcp 或 /sse 结尾。'],
  ),
  upstream_protocol: entry(
    502,
    'upstream',
    [
      'The service {service} broke the protocol: {cause}.',
      'Tell the developer of the service; the raw messages are in the test panel.',
    ],
    ['服务 {service} 违反了协议：{cause}。', '请告知服务开发者；原始消息见测试面板。'],
  ),
  upstream_timeout: entry(
    504,
    'upstream',
    [
      'The service {service} did not answer within {seconds} seconds; the call may or may not have taken effect.',
      'Check its effect before you repeat it, or allow more time.',
    ],
    [
      '服务 {service} 在 {seconds} 秒内没有应答；该调用可能已生效，也可能未生效。',
      '重复调用前请先确认其效果，或延长等待时间。',
    ],
  ),
  upstream_lost: entry(
    502,
    'upstream',
    [
      'The connection to {service} broke during the call; it may or may not have taken effect.',
      'Check its effect before you repeat it.',
    ],
    ['调用期间与服务 {service} 的连接中断；该调用可能已生效，也可能未生效。', '重复调用前请先确认其效果。'],
  ),
  upstream_credentials_missing: entry(
    409,
    'caller',
    [
      'The service {service} is used with an account of your own, and none is connected for you.',
      'Open the service in the console and connect your account, then call again.',
    ],
    ['服务 {service} 需要使用您自己的账号，您尚未连接账号。', '请在控制台打开该服务并连接您的账号，然后重新调用。'],
  ),
  upstream_credentials_refused: entry(
    502,
    'upstream',
    [
      'The service {service} refused the credentials that you entered for it.',
      'Open the service in the console and connect your account anew.',
    ],
    ['服务 {service} 拒绝了您填写的凭据。', '请在控制台打开该服务并重新连接您的账号。'],
  ),
  upstream_unavailable: entry(
    503,
    'upstream',
    [
      'The service {service} failed several times and is left alone for a moment; the last time: {cause}.',
      'Try again in {seconds} seconds; nothing was sent to the service.',
    ],
    [
      '服务 {service} 连续失败，暂时停止调用；最近一次原因：{cause}。',
      '请在 {seconds} 秒后重试；尚未向服务发送任何内容。',
    ],
  ),
  upstream_busy: entry(
    503,
    'upstream',
    ['The service {service} asks for a pause: it is too busy.', 'Try again in {seconds} seconds.'],
    ['服务 {service} 过于繁忙，要求暂缓调用。', '请在 {seconds} 秒后重试。'],
  ),
  upstream_error: entry(
    502,
    'upstream',
    ['The service {service} answered with an error: {cause}.', 'Check the arguments, or ask the owner of the service.'],
    ['服务 {service} 返回错误：{cause}。', '请检查参数，或联系服务负责人。'],
  ),
  command_fetches_packages: entry(
    502,
    'upstream',
    [
      'The service {service} is not started: its command {command} fetches a program when it starts.',
      'Install the program into a folder with a lock file and run it from there, or ask the operator about GATEHOUSE_STDIO_PACKAGES.',
    ],
    [
      '服务 {service} 未启动：其命令 {command} 会在启动时下载程序。',
      '请将该程序连同锁文件预先安装到一个文件夹并从那里运行，或向运维人员了解 GATEHOUSE_STDIO_PACKAGES。',
    ],
  ),
  command_not_pinned: entry(
    502,
    'upstream',
    [
      'The service {service} is not started: its command is not pinned, and this installation starts no other.',
      'Look at what the command runs, then pin it in the settings of the service.',
    ],
    [
      '服务 {service} 未启动：其命令尚未固定，而此系统只启动已固定的命令。',
      '请检查该命令所运行的内容，然后在该服务的设置中固定。',
    ],
  ),
  command_changed: entry(
    502,
    'upstream',
    [
      'The service {service} is not started: the files that its command runs are not those that were pinned.',
      'Look at what changed; if it is right, pin the command again in the settings of the service.',
    ],
    [
      '服务 {service} 未启动：其命令所运行的文件与固定时不一致。',
      '请检查发生了哪些变化；确认无误后，在该服务的设置中重新固定。',
    ],
  ),
  too_many_commands: entry(
    503,
    'ours',
    [
      'The {limit} local commands that may run at once are all in use.',
      'Try again in {seconds} seconds; an operator can raise GATEHOUSE_STDIO_MOST.',
    ],
    ['可同时运行的 {limit} 个本地命令均在使用中。', '请在 {seconds} 秒后重试；运维人员可调大 GATEHOUSE_STDIO_MOST。'],
  ),
  input_unavailable: entry(
    422,
    'caller',
    [
      'The service {service} asks its caller for {capability}, which this one does not offer.',
      'Use a client that offers it, or a tool that does not ask.',
    ],
    [
      '服务 {service} 需要调用方提供 {capability}，而当前调用方不支持。',
      '请使用支持该能力的客户端，或改用无需此项的工具。',
    ],
  ),
  question_unanswered: entry(
    408,
    'caller',
    [
      'The question of the service {service} was not answered in time.',
      'Call again and answer within {minutes} minutes; check first whether the call had an effect.',
    ],
    ['未能及时答复服务 {service} 的提问。', '请先确认该调用是否已生效，再重新调用并在 {minutes} 分钟内答复。'],
  ),
  question_refused: entry(
    409,
    'caller',
    ['Your client refused a question of the service {service}: {cause}', 'Call again if you want to answer it.'],
    ['您的客户端拒绝了服务 {service} 的提问：{cause}', '如愿意答复，请重新调用。'],
  ),
  link_required: entry(
    409,
    'caller',
    [
      'The service {service} wants you to open this address first: {url}',
      'Open it only if you know the address; finish there, then call again.',
    ],
    ['服务 {service} 要求您先打开以下地址：{url}', '请确认该地址可信后再打开，完成操作后重新调用。'],
  ),
  egress_refused: entry(
    502,
    'upstream',
    ['Connecting to {host} is not allowed: {cause}.', 'An operator can add the address to GATEHOUSE_EGRESS_ALLOW.'],
    ['不允许连接到 {host}：{cause}。', '运维人员可将该地址加入 GATEHOUSE_EGRESS_ALLOW。'],
  ),
  upstream_address_refused: entry(
    502,
    'upstream',
    [
      'Connecting to {host} is not allowed: {address} is not among the allowed addresses of the service.',
      'If the address is right, add it to the allowed addresses in the settings of the service.',
    ],
    [
      '不允许连接到 {host}：{address} 不在该服务允许的地址范围内。',
      '如地址无误，请在该服务的设置中将其加入允许的地址。',
    ],
  ),
  output_too_large: entry(
    502,
    'upstream',
    ['The answer of {service} is larger than {limit}.', 'Ask for less, for example with a filter or a page.'],
    ['服务 {service} 的应答超过 {limit}。', '请缩小范围，例如使用筛选或分页。'],
  ),
  watch_unsupported: entry(
    409,
    'caller',
    [
      'The service {service} does not report changes of its resources.',
      'Read the resource again when you need it, or ask the owner of the service to offer subscriptions.',
    ],
    ['服务 {service} 不提供资源变更通知。', '请在需要时重新读取该资源，或请服务负责人支持订阅。'],
  ),
  watch_limit: entry(
    429,
    'caller',
    [
      'No more resources of {service} can be watched; {limit} are watched already.',
      'Stop watching what you do not need, or read the resource again when you need it.',
    ],
    ['服务 {service} 的资源订阅已达上限（{limit} 个）。', '请取消不需要的订阅，或在需要时重新读取该资源。'],
  ),

  // The model
  model_not_configured: entry(
    409,
    'caller',
    [
      'No language model is configured.',
      'Pick a tool and fill in its form, or ask an administrator to add a model under Settings.',
    ],
    ['尚未配置语言模型。', '请选择工具并填写表单，或请管理员在“设置”中添加模型。'],
  ),
  model_unavailable: entry(
    502,
    'upstream',
    ['The language model does not answer: {cause}.', 'Try again, or choose another model.'],
    ['语言模型没有应答：{cause}。', '请重试，或选择其他模型。'],
  ),
  turn_too_long: entry(
    504,
    'caller',
    ['The answer took longer than the {minutes} minutes that one question may take.', 'Ask again in smaller steps.'],
    ['生成回答的时间超过了单次提问允许的 {minutes} 分钟。', '请将问题拆分后重试。'],
  ),
  turn_budget_used: entry(
    429,
    'caller',
    [
      'The answer used up what one question may take: {steps} model steps and {calls} tool calls.',
      'Ask again in smaller steps.',
    ],
    ['单次提问的额度已用完：{steps} 次模型推理和 {calls} 次工具调用。', '请将问题拆分后重试。'],
  ),
  conversation_busy: entry(
    409,
    'caller',
    ['An answer is still being written in this conversation.', 'Wait for it or stop it.'],
    ['此会话仍在生成回答。', '请等待或停止生成。'],
  ),

  // Apps
  apps_off: entry(
    409,
    'caller',
    [
      'Apps of services are not shown on this installation.',
      'Use the result as text; an operator can set GATEHOUSE_APPS_URL to show apps.',
    ],
    ['此系统未启用服务应用的显示。', '请查看文本结果；运维人员可设置 GATEHOUSE_APPS_URL 以启用应用。'],
  ),
  app_unusable: entry(
    502,
    'upstream',
    ['The app of {tool} cannot be shown: {cause}.', 'Use the result as text, and tell the developer of the service.'],
    ['无法显示 {tool} 的应用：{cause}。', '请查看文本结果，并告知该服务的开发者。'],
  ),

  // Records
  audit_unavailable: entry(
    503,
    'ours',
    [
      'The audit record cannot be written, therefore nothing was done.',
      'Tell the operator: the database may be full or unreachable.',
    ],
    ['无法写入审计记录，因此未执行任何操作。', '请告知运维人员：数据库可能已满或无法访问。'],
  ),
  queue_full: entry(
    503,
    'ours',
    ['The server is too busy.', 'Try again in {seconds} seconds.'],
    ['服务器繁忙。', '请在 {seconds} 秒后重试。'],
  ),

  // Tasks
  task_interrupted: entry(
    503,
    'ours',
    [
      'The server stopped while this task was running; whether the service did the work is not known.',
      'Look at the service before you call it again, unless doing it twice does no harm.',
    ],
    [
      '任务执行期间服务器停止运行，无法确定服务是否已完成该操作。',
      '除非重复执行没有影响，否则请先在服务中确认结果再重新调用。',
    ],
  ),
  task_answer_not_kept: entry(
    503,
    'ours',
    [
      'The call was done, but there is no room to keep its answer until somebody fetches it.',
      'Try again later, unless doing it twice does harm; ask for a smaller answer if the tool can give one.',
    ],
    ['调用已完成，但没有空间保存其结果以待取回。', '如重复执行没有影响，请稍后重试；若工具支持，请请求更小的结果。'],
  ),

  // Jobs
  job_queue_full: entry(
    429,
    'caller',
    [
      'You have {limit} jobs under way already.',
      'Wait until some have ended, or cancel some; try again in {seconds} seconds.',
    ],
    ['您已有 {limit} 个未完成的作业。', '请等待部分作业结束或取消部分作业，并在 {seconds} 秒后重试。'],
  ),
  job_interrupted: entry(
    503,
    'ours',
    [
      'The server stopped while this job was running; whether the work was done is not known.',
      'Look whether it was done before you start the job again.',
    ],
    ['作业执行期间服务器停止运行，无法确定操作是否已完成。', '请先确认操作是否已生效，再重新发起作业。'],
  ),
  job_owner_refused: entry(
    403,
    'caller',
    [
      'The account or credential that started this job may not be used any more.',
      'Sign in again or use a valid key, then start the job again.',
    ],
    ['发起该作业的账号或凭据已不可用。', '请重新登录或使用有效的密钥，再重新发起作业。'],
  ),
  job_kind_unknown: entry(
    501,
    'ours',
    ['Nothing in this version of Gatehouse can do this job.', 'Tell the operator: versions may be mixed.'],
    ['当前版本的 Gatehouse 无法执行该作业。', '请告知运维人员：可能混用了不同版本。'],
  ),
  tool_reported_failure: entry(
    502,
    'upstream',
    ['The tool answered that it failed.', 'Read its answer, correct the arguments and start it again.'],
    ['工具返回了失败结果。', '请查看其返回内容，更正参数后重新发起。'],
  ),
  result_not_kept: entry(
    507,
    'ours',
    [
      'The work was done, but its answer is larger than {limit} and was not kept.',
      'Ask for less, or call the tool directly if doing it twice does no harm.',
    ],
    ['操作已完成，但结果超过 {limit}，未予保存。', '请缩小范围；如重复执行没有影响，也可直接调用该工具。'],
  ),

  // Idempotency
  idempotency_in_progress: entry(
    409,
    'caller',
    ['The first request with this Idempotency-Key is still being answered.', 'Send it again in {seconds} seconds.'],
    ['使用该 Idempotency-Key 的首个请求仍在处理中。', '请在 {seconds} 秒后重新发送。'],
  ),
  idempotency_key_reused: entry(
    422,
    'caller',
    ['This Idempotency-Key was used for another request.', 'Use a new key for each piece of work.'],
    ['该 Idempotency-Key 已用于另一个请求。', '请为每项操作使用新的键。'],
  ),
  idempotency_unknown: entry(
    409,
    'caller',
    [
      'The first request with this Idempotency-Key was interrupted; whether it was carried out is not known.',
      'Look whether it was done; if it was not, send it with a new key.',
    ],
    [
      '使用该 Idempotency-Key 的首个请求被中断，无法确定是否已执行。',
      '请先确认操作是否已生效；如未生效，请使用新的键重新发送。',
    ],
  ),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;

export type Language = 'en' | 'zh';

/** The body of every refusal and failure of the REST API. */
export interface ErrorBody {
  error: {
    code: ErrorCode;
    message: string;
    remedy: string;
    requestId: string;
    fields?: { path: string; message: string }[];
  };
}

/** The texts of a code with its `{placeholders}` filled; a missing detail is shown as `?`. */
export function errorText(code: ErrorCode, language: Language, details: Record<string, unknown> = {}): ErrorText {
  const text = ERRORS[code][language];
  const fill = (template: string) => template.replace(/\{(\w+)\}/g, (_, name: string) => printable(details[name]));
  return { message: fill(text.message), remedy: fill(text.remedy) };
}

const printable = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '?';

/** Chinese when the header prefers any `zh`, otherwise English (RFC 9110 §12.5.4, weights respected). */
export function languageOf(acceptLanguage: string | undefined): Language {
  let best: { language: Language; weight: number } | undefined;
  for (const range of (acceptLanguage ?? '').split(',')) {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
    const language = tag.startsWith('zh') ? 'zh' : tag.startsWith('en') ? 'en' : undefined;
    if (!language) continue;
    const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
    const weight = quality ? Number(quality.trim().slice(2)) : 1;
    if (weight > (best?.weight ?? 0)) best = { language, weight };
  }
  return best?.language ?? 'en';
}
