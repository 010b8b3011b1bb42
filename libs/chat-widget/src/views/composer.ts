import { html, nothing, type TemplateResult } from 'lit';

import { icon } from './icon.js';
import { sendsMessage } from './keys.js';
import { avatar, serviceName } from './service-name.js';
import { isDirect, type Panel, type ViewContext } from './view-context.js';

/** Where a person writes: the chosen services as tags, the text, and the ways to services and tools. */
export function composer(context: ViewContext): TemplateResult {
  const { words, session, acts } = context;
  const isBusy = session.conversation.status !== 'idle';
  const direct = isDirect(context);
  const press = (event: KeyboardEvent) => {
    if (!sendsMessage(event)) return;
    event.preventDefault();
    acts.submit();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    acts.submit();
  };
  return html`<form class="composer" part="composer" @submit=${submit}>
    ${
      direct
        ? html`<p class="direct">
            ${icon('tool')}<span><strong>${words.directTitle}</strong> ${words.direct}</span>
          </p>`
        : nothing
    }
    <div class="box">
      ${tags(context)}
      <textarea
        id="message"
        rows="1"
        aria-label=${words.message}
        placeholder=${direct ? words.findToolAsk : words.ask}
        ?disabled=${session.phase !== 'ready'}
        @keydown=${press}
      ></textarea>
      <div class="bar">
        ${panelButton(context, 'services', 'plus')} ${panelButton(context, 'tools', 'tool')} ${modelPicker(context)}
        <span class="space"></span>
        ${
          isBusy
            ? html`<button
                type="button"
                class="round"
                aria-label=${words.stop}
                title="${words.stop} (Esc)"
                @click=${() => acts.stop()}
              >
                ${icon('stop')}
              </button>`
            : html`<button
                type="submit"
                class="round"
                aria-label=${words.send}
                title=${words.send}
                ?disabled=${session.phase !== 'ready'}
              >
                ${icon('send')}
              </button>`
        }
      </div>
    </div>
  </form>`;
}

function panelButton({ words, ui, acts, session }: ViewContext, panel: Panel, name: 'plus' | 'tool'): TemplateResult {
  const isOpen = ui.panel === panel;
  return html`<button
    type="button"
    class="quiet"
    data-panel=${panel}
    aria-expanded=${isOpen}
    ?disabled=${session.phase !== 'ready'}
    @click=${() => acts.show(isOpen ? undefined : panel)}
  >
    ${icon(name)} ${words[panel]}
  </button>`;
}

function tags({ words, language, session, acts }: ViewContext): TemplateResult | typeof nothing {
  const chosen = session.chosen.flatMap((id) => session.services.filter((service) => service.id === id));
  if (chosen.length === 0) return nothing;
  return html`<ul class="tags" aria-label=${words.chosenServices}>
    ${chosen.map((service) => {
      const name = serviceName(service, language);
      const remove = words.remove(name);
      return html`<li class="tag is-${service.health.state}">
        ${avatar(name)}<span>${name}</span>
        <button type="button" aria-label=${remove} title=${remove} @click=${() => acts.toggleService(service.id)}>
          ${icon('close')}
        </button>
      </li>`;
    })}
  </ul>`;
}

function modelPicker({ words, session, acts }: ViewContext): TemplateResult | typeof nothing {
  if (session.models.length < 2) return nothing;
  return html`<select
    aria-label=${words.model}
    @change=${(event: Event) => acts.useModel((event.target as HTMLSelectElement).value)}
  >
    ${session.models.map(({ id, label }) => html`<option value=${id} ?selected=${id === session.modelId}>${label}</option>`)}
  </select>`;
}
