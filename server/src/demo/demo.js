const chat = document.getElementById('assistant');
const signIn = document.getElementById('sign-in');

// The page's own server knows who is signed in, and asks Gatehouse for a short-lived token in that person's name.
chat.getToken = async () => {
  const response = await fetch('/demo/session', { method: 'POST' });
  signIn.hidden = response.status !== 401;
  if (!response.ok) throw new Error(`no session: ${response.status}`);
  return response.json();
};
document.getElementById('ask').addEventListener('click', () => chat.open());

const ENGLISH = {
  skip: 'Skip to content',
  title: 'Cloudsail Logistics · Staff portal',
  company: 'Cloudsail Logistics',
  menu: 'Main',
  news: 'Company news',
  apps: 'Everyday apps',
  week: 'This week',
  portal: 'Staff portal',
  hello: 'Good morning, and fair winds today.',
  lead: 'Mail, waybills, meetings: ask the assistant at the bottom right. It can use only the services you may use.',
  ask: 'Open the assistant',
  signIn: 'Please sign in to Gatehouse first, then come back here',
  onTime: 'On time this week',
  parcels: 'Parcels under way',
  ships: 'Ships in port',
  newsDate1: '20 November',
  newsTitle1: 'The new Shekou warehouse opens this month',
  newsText1: 'The sorting line has passed its trial run; the first routes move over next Monday.',
  newsDate2: '18 November',
  newsTitle2: 'Book your yearly health check',
  newsText2: 'Choose hospital and date before the end of the month; your family can book with you.',
  newsDate3: '13 November',
  newsTitle3: 'Winter routes',
  newsText3: 'Because of the monsoon some voyages call at Yantian instead; dispatch has the details.',
  app1: 'Waybills',
  app2: 'Leave',
  app3: 'Expenses',
  app4: 'Meeting rooms',
  app5: 'Directory',
  app6: 'Policies',
  day1: 'Mon 9:30',
  event1: 'Dispatch stand-up',
  day2: 'Wed 14:00',
  event2: 'Customer service training',
  day3: 'Fri 16:00',
  event3: 'Quarterly review',
  footer: 'Cloudsail is a fictional company; this page shows how any web page embeds the Gatehouse assistant.',
};

const texts = [...document.querySelectorAll('[data-text]')];
const CHINESE = Object.fromEntries(texts.map((element) => [element.dataset.text, element.textContent]));
CHINESE.title = document.title;
CHINESE.menu = document.querySelector('[data-label]').getAttribute('aria-label');

function speak(language) {
  const words = language === 'en' ? ENGLISH : CHINESE;
  document.documentElement.lang = language;
  document.title = words.title;
  for (const element of texts) element.textContent = words[element.dataset.text];
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', words[element.dataset.label]);
  }
  const other = document.getElementById('language');
  other.textContent = language === 'en' ? '中文' : 'English';
  other.lang = language === 'en' ? 'zh-CN' : 'en';
  chat.lang = language;
}

document.getElementById('language').addEventListener('click', () => {
  speak(document.documentElement.lang === 'en' ? 'zh-CN' : 'en');
});
speak(navigator.language.startsWith('zh') ? 'zh-CN' : 'en');
