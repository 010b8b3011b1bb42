import { TestBed } from '@angular/core/testing';
import { provideTestTexts } from '../../../testing/texts';
import { OverlayLandmark } from './overlay-landmark';

it('the place of overlays is a named landmark as soon as it exists', async () => {
  TestBed.configureTestingModule({ providers: [provideTestTexts()] });
  TestBed.inject(OverlayLandmark);
  const place = document.createElement('div');
  place.className = 'cdk-overlay-container';
  document.body.append(place);
  // Observers are told in a microtask of their own.
  await Promise.resolve();
  expect([place.getAttribute('role'), place.getAttribute('aria-label')]).toEqual(['region', 'Menus and dialogs']);
  place.remove();
});
